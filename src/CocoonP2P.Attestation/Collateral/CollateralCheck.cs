using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>One run of the steps S2 to S8, in their order.</summary>
internal sealed class CollateralCheck(
    CollateralBundle bundle, RootOfTrust root, CollateralRules rules, IMonotonicStore floors, DateTimeOffset at)
{
    private readonly List<ValidityWindow> windows = [];
    private readonly List<(string Name, DateTimeOffset Moment)> raises = [];
    private DateTimeOffset nextUpdate = DateTimeOffset.MaxValue;

    public bool TryRun([NotNullWhen(true)] out VerifiedCollateral? collateral, out Reason reason)
    {
        collateral = null;
        if (!AreAllPresent(out reason)
            || !TryReadChains(out Certificate? platformCa, out Certificate? signer, out Certificate? rootCertificate, out reason)
            || !TryReadCrl(bundle.RootCaCrl, rootCertificate.Subject, root.Key, "root-crl", out RevocationList? rootCrl, out reason)
            || !CertificateRules.IsPlatformCa(platformCa, rootCertificate, root, rootCrl, at, out reason)
            || !TryImport(platformCa, out P256Key? platformKey, out reason)
            || !TryReadCrl(bundle.PckCrl, platformCa.Subject, platformKey, "pck-crl", out RevocationList? pckCrl, out reason)
            || !CertificateRules.IsTcbSigner(signer, rootCertificate, root, rootCrl, at, out reason)
            || !TryImport(signer, out P256Key? signerKey, out reason)
            || !TryReadTcbInfo(signerKey, out TcbInfo? tcbInfo, out reason)
            || !TryReadQeIdentity(signerKey, out QeIdentity? qeIdentity, out reason)
            || !AreNewEnough(tcbInfo, qeIdentity, out reason))
        {
            return false;
        }

        windows.Add(ValidityWindow.OfCertificate(platformCa));
        windows.Add(CertificateRules.SignerWindow(signer));
        var parts = new CollateralParts(root, tcbInfo, qeIdentity, rootCrl, pckCrl, platformCa, platformKey, windows, nextUpdate);
        collateral = new VerifiedCollateral(parts, HashOfAll());
        RaiseFloors();
        return true;
    }

    private bool AreAllPresent(out Reason reason)
    {
        reason = default;
        return bundle.Parts.All(part => part.Bytes.Length > 0 && part.Bytes.Length <= part.Limit)
            || Refuse(ReasonCode.CollateralMissing, "a part is empty, or past its limit", out reason);
    }

    private bool TryReadChains(
        [NotNullWhen(true)] out Certificate? platformCa,
        [NotNullWhen(true)] out Certificate? signer,
        [NotNullWhen(true)] out Certificate? rootCertificate,
        out Reason reason)
    {
        platformCa = signer = rootCertificate = null;
        if (!PemChain.TryParse(bundle.PckCrlIssuerChain.Span, out List<Certificate>? chain) || chain.Count != 2)
        {
            return Refuse(ReasonCode.PckChainMalformed, "the revocation list's issuer chain", out reason);
        }

        if (!root.Owns(chain[1]))
        {
            return Refuse(ReasonCode.UntrustedRoot, "of the revocation list's issuer", out reason);
        }

        if (!PemChain.TryParse(bundle.TcbSigningChain.Span, out List<Certificate>? signing) || signing.Count != 2)
        {
            return Refuse(ReasonCode.TcbSignerProfile, "not a signer and its root", out reason);
        }

        if (!root.Owns(signing[1]))
        {
            return Refuse(ReasonCode.UntrustedRoot, "of the collateral's signer", out reason);
        }

        platformCa = chain[0];
        rootCertificate = chain[1];
        signer = signing[0];
        var window = ValidityWindow.OfCertificate(rootCertificate);
        windows.Add(window);
        return window.Contains(at, out reason);
    }

    private bool TryReadCrl(
        ReadOnlyMemory<byte> der, byte[] issuer, P256Key key, string name, [NotNullWhen(true)] out RevocationList? list, out Reason reason)
    {
        if (!RevocationList.TryParse(der.Span, out list))
        {
            return Refuse(ReasonCode.CrlProfile, name, out reason);
        }

        if (!list.Issuer.AsSpan().SequenceEqual(issuer))
        {
            return Refuse(ReasonCode.CrlIssuerMismatch, name, out reason);
        }

        if (!key.Verifies(list.SignedHash, list.Signature))
        {
            return Refuse(ReasonCode.CrlSignatureInvalid, name, out reason);
        }

        return IsInTime(list.ThisUpdate, list.NextUpdate, ReasonCode.CrlNotYetValid, ReasonCode.CrlExpired, name, out reason)
            && IsAboveFloor(name, list.ThisUpdate, ReasonCode.CrlRollback, out reason);
    }

    private bool TryReadTcbInfo(P256Key key, [NotNullWhen(true)] out TcbInfo? info, out Reason reason)
    {
        info = null;
        if (!SignedJson.TryParse(bundle.TcbInfo, "tcbInfo", out SignedJson? signed))
        {
            return Refuse(ReasonCode.TcbInfoMalformed, "TCB Info", out reason);
        }

        if (!key.Verifies(signed.Hash, signed.Signature))
        {
            return Refuse(ReasonCode.TcbInfoSignatureInvalid, "TCB Info", out reason);
        }

        return IsInTime(
                signed.IssueDate, signed.NextUpdate, ReasonCode.TcbInfoNotYetValid, ReasonCode.TcbInfoExpired, "TCB Info", out reason)
            && TcbInfo.TryParse(signed.Value, out info, out reason)
            && IsAboveFloor(
                $"tcb-info/{Convert.ToHexStringLower(info.Fmspc)}{Channel}", signed.IssueDate, ReasonCode.CollateralRollback, out reason);
    }

    private bool TryReadQeIdentity(P256Key key, [NotNullWhen(true)] out QeIdentity? identity, out Reason reason)
    {
        identity = null;
        if (!SignedJson.TryParse(bundle.QeIdentity, "enclaveIdentity", out SignedJson? signed))
        {
            return Refuse(ReasonCode.QeIdentityProfile, "not strict JSON", out reason);
        }

        if (!key.Verifies(signed.Hash, signed.Signature))
        {
            return Refuse(ReasonCode.QeIdentitySignatureInvalid, "QE Identity", out reason);
        }

        return IsInTime(
                signed.IssueDate, signed.NextUpdate, ReasonCode.QeIdentityNotYetValid, ReasonCode.QeIdentityExpired, "QE Identity", out reason)
            && QeIdentity.TryParse(signed.Value, out identity, out reason)
            && IsAboveFloor($"qe-identity{Channel}", signed.IssueDate, ReasonCode.CollateralRollback, out reason);
    }

    private string Channel => rules.Early ? "/early" : "/standard";

    private bool AreNewEnough(TcbInfo info, QeIdentity identity, out Reason reason)
    {
        reason = default;
        uint number = Math.Min(info.EvaluationNumber, identity.EvaluationNumber);
        return number >= rules.MinTcbEvaluationDataNumber
            || Refuse(ReasonCode.TcbEvaluationTooOld, $"{number}, minimum {rules.MinTcbEvaluationDataNumber}", out reason);
    }

    private bool IsInTime(
        DateTimeOffset from, DateTimeOffset next, ReasonCode early, ReasonCode late, string what, out Reason reason)
    {
        var window = new ValidityWindow(from, next + rules.Grace, early, late, what);
        windows.Add(window);
        nextUpdate = next < nextUpdate ? next : nextUpdate;
        return window.Contains(at, out reason);
    }

    private bool IsAboveFloor(string name, DateTimeOffset moment, ReasonCode code, out Reason reason)
    {
        reason = default;
        string scoped = $"{root.Id}/{name}";
        raises.Add((scoped, moment));
        DateTimeOffset floor = floors.Floor(scoped);
        return moment >= floor || Refuse(code, $"{name} of {moment:u}, and {floor:u} was accepted", out reason);
    }

    private void RaiseFloors()
    {
        foreach ((string name, DateTimeOffset moment) in raises)
        {
            floors.Raise(name, moment);
            floors.Raise(FlooredTime.FloorName, moment);
        }
    }

    private string HashOfAll()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach ((ReadOnlyMemory<byte> bytes, _) in bundle.Parts)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool TryImport(Certificate certificate, [NotNullWhen(true)] out P256Key? key, out Reason reason)
    {
        reason = default;
        return IssuerKeys.TryImport(certificate, out key)
            || Refuse(ReasonCode.CertificateAlgorithm, certificate.CommonName, out reason);
    }

    private static bool Refuse(ReasonCode code, string detail, out Reason reason)
    {
        reason = new Reason(code, detail);
        return false;
    }
}
