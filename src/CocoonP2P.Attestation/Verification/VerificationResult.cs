namespace CocoonP2P.Attestation;

/// <summary>Whether a quote is genuine, and what its platform is worth. A policy makes a verdict of it.</summary>
public sealed class VerificationResult
{
    internal VerificationResult(TdxQuote quote, VerifiedCollateral collateral, DateTimeOffset at, Reason reason)
    {
        Quote = quote;
        Collateral = collateral;
        At = at;
        Reasons = reason.Code == ReasonCode.None ? [] : [reason];
    }

    /// <summary>True if all of S1 to S16 passed.</summary>
    public bool IsGenuine => Reasons.Count == 0;

    /// <summary>The first step that failed; empty if none did.</summary>
    public IReadOnlyList<Reason> Reasons { get; }

    /// <summary>The quote.</summary>
    public TdxQuote Quote { get; }

    /// <summary>The collateral that it was judged by.</summary>
    public VerifiedCollateral Collateral { get; }

    /// <summary>The time that it was judged at.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Launch and current versions together.</summary>
    public TcbStatus Status { get; internal init; }

    /// <summary>By the versions at launch; null if the verification ended before.</summary>
    public TcbEvaluation? Launch { get; internal init; }

    /// <summary>By the versions now; null where the quote does not state them.</summary>
    public TcbEvaluation? Current { get; internal init; }

    /// <summary>The platform; null if the verification ended before its certificate was proved.</summary>
    public PlatformClaims? Claims { get; internal init; }

    /// <summary>The latest start of anything used.</summary>
    public DateTimeOffset ValidFrom { get; internal init; }

    /// <summary>The earliest end of anything used.</summary>
    public DateTimeOffset ValidUntil { get; internal init; }

    /// <summary>True if the collateral is past its next update and the policy's grace let it pass.</summary>
    public bool UsedGrace => At > Collateral.Parts.NextUpdate;
}
