using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>
/// Verifies quotes: steps S1 and S9 to S16 of docs/protocol/attestation.md. It remembers which chains and attestation
/// keys were proved, so that the next quote of a platform costs one signature check; dates, revocation and levels are
/// judged every time. Safe for concurrent use.
/// </summary>
public sealed class QuoteVerifier
{
    /// <summary>A chain with its parsed certificates takes some 8 KiB: 8 MiB in all.</summary>
    private const int CachedPlatforms = 1024;

    private readonly BoundedCache<CertifiedPlatform> platforms = new(CachedPlatforms);
    private readonly BoundedCache<P256Key> attestationKeys = new(CachedPlatforms);

    /// <summary>Verifies one quote.</summary>
    /// <param name="quote">As parsed.</param>
    /// <param name="collateral">Of the same root and platform family.</param>
    /// <param name="at">The time to judge by.</param>
    public VerificationResult Verify(TdxQuote quote, VerifiedCollateral collateral, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(quote);
        ArgumentNullException.ThrowIfNull(collateral);
        return TryCertify(quote, collateral, at, out CertifiedPlatform? platform, out Reason reason)
            && TryVouch(quote, collateral, platform, out P256Key? key, out reason)
            && IsSigned(quote, key, out reason)
                ? Judge(quote, collateral, at, platform)
                : new VerificationResult(quote, collateral, at, reason) { Claims = platform is null ? null : new(platform.Sgx) };
    }

    /// <summary>Step S1: finds the root that the quote's own chain ends in.</summary>
    /// <param name="quote">As parsed; nothing in it is proved by this.</param>
    /// <param name="roots">The policy's.</param>
    /// <param name="root">If the answer is true.</param>
    /// <param name="fmspc">The platform family that the leaf states, to ask for collateral by.</param>
    /// <param name="reason">If the answer is false.</param>
    public static bool TryFindRoot(
        TdxQuote quote,
        IReadOnlyList<RootOfTrust> roots,
        [NotNullWhen(true)] out RootOfTrust? root,
        [NotNullWhen(true)] out string? fmspc,
        out Reason reason)
    {
        ArgumentNullException.ThrowIfNull(quote);
        ArgumentNullException.ThrowIfNull(roots);
        root = null;
        fmspc = null;
        if (!PckChain.TryParse(quote.PckChainPem, out PckChain? chain, out reason))
        {
            return false;
        }

        root = roots.FirstOrDefault(one => one.Owns(chain.Root));
        if (!IsOf(quote, chain, root, roots.All(one => one.Kind != TeeKind.Simulated), out reason))
        {
            return false;
        }

        if (!SgxExtension.TryParse(chain.Leaf.Extensions.Sgx, out SgxExtension? sgx))
        {
            reason = new Reason(ReasonCode.SgxExtensionMalformed, "of the PCK certificate");
            return false;
        }

        fmspc = Convert.ToHexStringLower(sgx.Fmspc);
        return true;
    }

    private static bool IsOf(
        TdxQuote quote, PckChain chain, [NotNullWhen(true)] RootOfTrust? root, bool refusesSimulated, out Reason reason)
    {
        if (refusesSimulated && quote.ClaimedKind == TeeKind.Simulated)
        {
            return Refuse(ReasonCode.SimulatedTeeNotAllowed, "the policy's roots are those of real platforms", out reason);
        }

        if (root is null || !root.Owns(chain.Root))
        {
            return Refuse(ReasonCode.UntrustedRoot, $"\"{chain.Root.CommonName}\" with a key that is not trusted", out reason);
        }

        reason = default;
        return quote.Vendor.SequenceEqual(root.Vendor)
            || Refuse(ReasonCode.UnknownQeVendor, "another root's quoting enclave", out reason);
    }

    /// <summary>S1 and S9.</summary>
    private bool TryCertify(
        TdxQuote quote, VerifiedCollateral collateral, DateTimeOffset at, [NotNullWhen(true)] out CertifiedPlatform? platform, out Reason reason)
    {
        platform = null;
        BoundedCache<CertifiedPlatform>.Key key = BoundedCache<CertifiedPlatform>.Key.Of(quote.PckChainPem);
        PckChain? chain = platforms.TryGet(key, out CertifiedPlatform? known) ? known.Chain : null;
        if ((chain is null && !PckChain.TryParse(quote.PckChainPem, out chain, out reason))
            || !IsOf(quote, chain!, collateral.Root, collateral.Root.Kind != TeeKind.Simulated, out reason)
            || !collateral.IsCurrent(at, out reason)
            || !PckRules.Check(chain!, collateral, known is not null, at, out reason))
        {
            return false;
        }

        if (known is null)
        {
            if (!PckRules.TryReadPlatform(chain!, out known, out reason))
            {
                return false;
            }

            platforms.Add(key, known);
        }

        platform = known;
        return true;
    }

    /// <summary>S10 to S12, and the key of S13: what the quoting enclave says, and whether it is the right one.</summary>
    private bool TryVouch(
        TdxQuote quote, VerifiedCollateral collateral, CertifiedPlatform platform, [NotNullWhen(true)] out P256Key? key, out Reason reason)
    {
        reason = default;
        BoundedCache<P256Key>.Key id = BoundedCache<P256Key>.Key.Of(quote.PlatformBytes);
        if (!attestationKeys.TryGet(id, out key) && !IsReportSigned(quote, platform, out reason))
        {
            return false;
        }

        SgxReportBody report = quote.QeReport;
        if (report.IsDebug)
        {
            return Refuse(ReasonCode.QeDebug, "the quoting enclave can be read by its host", out reason);
        }

        if (!collateral.Parts.QeIdentity.Names(report))
        {
            return Refuse(ReasonCode.QeIdentityMismatch, "another enclave", out reason);
        }

        if (key is not null)
        {
            return true;
        }

        if (!P256Key.TryImport(quote.AttestationKey, out key))
        {
            return Refuse(ReasonCode.AttestationKeyInvalid, "not a point of P-256", out reason);
        }

        attestationKeys.Add(id, key);
        return true;
    }

    /// <summary>S10 and S11.</summary>
    private static bool IsReportSigned(TdxQuote quote, CertifiedPlatform platform, out Reason reason)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(quote.QeReportBytes, hash);
        if (!platform.PckKey.Verifies(hash, quote.QeReportSignature))
        {
            return Refuse(ReasonCode.QeReportSignatureInvalid, "the platform did not sign this report", out reason);
        }

        using var vouched = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        vouched.AppendData(quote.AttestationKey);
        vouched.AppendData(quote.QeAuthData);
        vouched.GetHashAndReset(hash);
        ReadOnlySpan<byte> data = quote.QeReport.ReportData;
        reason = default;
        return (data[..32].SequenceEqual(hash) && data[32..].IndexOfAnyExcept((byte)0) < 0)
            || Refuse(ReasonCode.QeReportDataMismatch, "the report vouches for another key", out reason);
    }

    /// <summary>S13.</summary>
    private static bool IsSigned(TdxQuote quote, P256Key key, out Reason reason)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(quote.SignedBytes, hash);
        reason = default;
        return key.Verifies(hash, quote.Signature)
            || Refuse(ReasonCode.QuoteSignatureInvalid, "the attestation key did not sign this", out reason);
    }

    /// <summary>S14 to S16.</summary>
    private static VerificationResult Judge(TdxQuote quote, VerifiedCollateral collateral, DateTimeOffset at, CertifiedPlatform platform)
    {
        Reason reason = PlatformRules.Check(quote.Body, platform.Sgx, collateral, out TcbEvaluation? launch, quote.QeReport.IsvSvn);
        TcbEvaluation? current = null;
        if (reason.Code == ReasonCode.None && quote.Body.Is15)
        {
            current = PlatformRules.Evaluate(platform.Sgx, collateral, quote.QeReport.IsvSvn, quote.Body.TeeTcbSvn2);
            if (current.Status == TcbStatus.NotSupported)
            {
                reason = new Reason(ReasonCode.TcbNotSupported, "by the current versions");
            }
        }

        PckChain chain = platform.Chain;
        return new VerificationResult(quote, collateral, at, reason)
        {
            Claims = new PlatformClaims(platform.Sgx),
            Launch = launch,
            Current = current,
            Status = launch is null ? TcbStatus.NotSupported
                : current is null ? launch.Status
                : TcbEvaluator.Relaunch(launch.Status, current.Status),
            ValidFrom = new[] { collateral.ValidFrom, chain.Leaf.NotBefore, chain.Intermediate.NotBefore, chain.Root.NotBefore }.Max(),
            ValidUntil = new[] { collateral.ValidUntil, chain.Leaf.NotAfter, chain.Intermediate.NotAfter, chain.Root.NotAfter }.Min(),
        };
    }

    private static bool Refuse(ReasonCode code, string detail, out Reason reason)
    {
        reason = new Reason(code, detail);
        return false;
    }
}
