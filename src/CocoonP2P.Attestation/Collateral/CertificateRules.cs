namespace CocoonP2P.Attestation;

/// <summary>What each certificate must be to play its role (steps S3, S5 and S9).</summary>
internal static class CertificateRules
{
    /// <summary>Step S3: name, constraints, algorithm, signature, validity, revocation.</summary>
    public static bool IsPlatformCa(
        Certificate ca, Certificate rootCertificate, RootOfTrust root, RevocationList rootCrl, DateTimeOffset at, out Reason reason)
    {
        const KeyUses needed = KeyUses.CertSign | KeyUses.CrlSign;
        CertificateExtensions extensions = ca.Extensions;
        reason = default;
        if (ca.CommonName != root.PlatformCaName)
        {
            return Refuse(ReasonCode.PckCertificateProfile, $"the intermediate is \"{ca.CommonName}\"", out reason);
        }

        if (!extensions.IsCa || extensions.PathLength != 0 || (extensions.KeyUses & needed) != needed || extensions.HasUnknownCritical)
        {
            return Refuse(ReasonCode.CertificateConstraint, "the platform CA's constraints", out reason);
        }

        if (!ca.IsP256)
        {
            return Refuse(ReasonCode.CertificateAlgorithm, "the platform CA", out reason);
        }

        if (!ca.IsIssuedBy(rootCertificate) || !root.Key.Verifies(ca.SignedHash, ca.Signature))
        {
            return Refuse(ReasonCode.PckChainSignatureInvalid, "the root did not sign the platform CA", out reason);
        }

        return IsPlatformCaNow(ca, rootCrl, at, out reason);
    }

    /// <summary>The part of S3 that time can change.</summary>
    public static bool IsPlatformCaNow(Certificate ca, RevocationList rootCrl, DateTimeOffset at, out Reason reason) =>
        ValidityWindow.OfCertificate(ca).Contains(at, out reason)
        && (!rootCrl.Revokes(ca) || Refuse(ReasonCode.IntermediateRevoked, "by the root", out reason));

    /// <summary>Step S5: a leaf with the right name that the root itself issued. A PCK certificate is none.</summary>
    public static bool IsTcbSigner(
        Certificate signer, Certificate rootCertificate, RootOfTrust root, RevocationList rootCrl, DateTimeOffset at, out Reason reason)
    {
        if (signer.CommonName != root.TcbSigningName || !signer.IsIssuedBy(rootCertificate) || !IsPlainLeaf(signer))
        {
            return Refuse(ReasonCode.TcbSignerProfile, $"\"{signer.CommonName}\" may not sign collateral", out reason);
        }

        if (!signer.IsP256)
        {
            return Refuse(ReasonCode.CertificateAlgorithm, "the collateral's signer", out reason);
        }

        if (!root.Key.Verifies(signer.SignedHash, signer.Signature))
        {
            return Refuse(ReasonCode.TcbSignerProfile, "the root did not sign the collateral's signer", out reason);
        }

        return SignerWindow(signer).Contains(at, out reason)
            && (!rootCrl.Revokes(signer) || Refuse(ReasonCode.TcbSignerRevoked, "by the root", out reason));
    }

    public static ValidityWindow SignerWindow(Certificate signer) => new(
        signer.NotBefore, signer.NotAfter, ReasonCode.TcbSignerExpired, ReasonCode.TcbSignerExpired, signer.CommonName);

    /// <summary>Not a CA, may sign, asks for nothing unknown.</summary>
    public static bool IsPlainLeaf(Certificate certificate) =>
        !certificate.Extensions.IsCa
        && (certificate.Extensions.KeyUses & KeyUses.DigitalSignature) != 0
        && !certificate.Extensions.HasUnknownCritical;

    private static bool Refuse(ReasonCode code, string detail, out Reason reason)
    {
        reason = new Reason(code, detail);
        return false;
    }
}
