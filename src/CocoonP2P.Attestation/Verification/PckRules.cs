using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Attestation;

/// <summary>Step S9: the chain in the quote, against collateral whose own platform CA was checked before.</summary>
internal static class PckRules
{
    /// <summary>Checks a chain whose root is known to be the collateral's.</summary>
    /// <param name="chain">As the quote carries it.</param>
    /// <param name="collateral">Verified.</param>
    /// <param name="signaturesKnown">True if this very chain was proved before: its signatures cannot have changed.</param>
    /// <param name="at">The time to judge by.</param>
    /// <param name="reason">If the answer is false.</param>
    public static bool Check(PckChain chain, VerifiedCollateral collateral, bool signaturesKnown, DateTimeOffset at, out Reason reason)
    {
        CollateralParts parts = collateral.Parts;
        bool sameCa = chain.Intermediate.Der.AsSpan().SequenceEqual(parts.PlatformCa.Der);
        if (!ValidityWindow.OfCertificate(chain.Root).Contains(at, out reason)
            || !(signaturesKnown || sameCa
                ? CertificateRules.IsPlatformCaNow(chain.Intermediate, parts.RootCrl, at, out reason)
                : CertificateRules.IsPlatformCa(chain.Intermediate, chain.Root, collateral.Root, parts.RootCrl, at, out reason)))
        {
            return false;
        }

        Certificate leaf = chain.Leaf;
        if (!signaturesKnown && !IsShapedAsPck(leaf, collateral.Root, out reason))
        {
            return false;
        }

        if (!ValidityWindow.OfCertificate(leaf).Contains(at, out reason))
        {
            return false;
        }

        if (!signaturesKnown && !IsSignedBy(leaf, chain.Intermediate, sameCa ? parts.PlatformKey : null))
        {
            return Refuse(ReasonCode.PckChainSignatureInvalid, "the platform CA did not sign the PCK certificate", out reason);
        }

        if (!leaf.Issuer.AsSpan().SequenceEqual(parts.PckCrl.Issuer))
        {
            return Refuse(ReasonCode.CrlIssuerMismatch, "the revocation list is another CA's", out reason);
        }

        return !parts.PckCrl.Revokes(leaf) || Refuse(ReasonCode.PckCertificateRevoked, "by the platform CA", out reason);
    }

    /// <summary>The end of S9: what a proved leaf says of its platform, and its key.</summary>
    public static bool TryReadPlatform(PckChain chain, [NotNullWhen(true)] out CertifiedPlatform? platform, out Reason reason)
    {
        platform = null;
        if (!SgxExtension.TryParse(chain.Leaf.Extensions.Sgx, out SgxExtension? sgx))
        {
            return Refuse(ReasonCode.SgxExtensionMalformed, "of the PCK certificate", out reason);
        }

        if (!P256Key.TryImport(chain.Leaf.PublicKey, out P256Key? key))
        {
            return Refuse(ReasonCode.CertificateAlgorithm, "the PCK is not a point of P-256", out reason);
        }

        platform = new CertifiedPlatform(chain, sgx, key);
        reason = default;
        return true;
    }

    private static bool IsShapedAsPck(Certificate leaf, RootOfTrust root, out Reason reason)
    {
        reason = default;
        if (leaf.CommonName != root.PckName)
        {
            return Refuse(ReasonCode.PckCertificateProfile, $"the leaf is \"{leaf.CommonName}\"", out reason);
        }

        if (!CertificateRules.IsPlainLeaf(leaf))
        {
            return Refuse(ReasonCode.CertificateConstraint, "the PCK certificate's constraints", out reason);
        }

        return leaf.IsP256 || Refuse(ReasonCode.CertificateAlgorithm, "the PCK certificate", out reason);
    }

    private static bool IsSignedBy(Certificate leaf, Certificate issuer, P256Key? key) =>
        (key is not null || P256Key.TryImport(issuer.PublicKey, out key)) && key.Verifies(leaf.SignedHash, leaf.Signature);

    private static bool Refuse(ReasonCode code, string detail, out Reason reason)
    {
        reason = new Reason(code, detail);
        return false;
    }
}
