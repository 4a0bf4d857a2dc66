namespace CocoonP2P.Attestation;

/// <summary>A policy's verdict on evidence. It must not be used after <see cref="ValidUntil"/>.</summary>
public sealed class AttestationResult
{
    internal AttestationResult(VerificationResult? verification, Tier tier, IReadOnlyList<Reason> reasons)
    {
        Verification = verification;
        Tier = tier;
        Reasons = reasons;
    }

    /// <summary>The verdict.</summary>
    public Tier Tier { get; }

    /// <summary>Why not; empty unless contraindicated.</summary>
    public IReadOnlyList<Reason> Reasons { get; }

    /// <summary>The end of the shortest-lived thing used, or of the policy's time to live.</summary>
    public DateTimeOffset ValidUntil { get; internal init; }

    /// <summary>The reference value that matched; null if none did.</summary>
    public string? ReferenceValue { get; internal init; }

    /// <summary>True if the evidence protects nothing. Every surface that shows the verdict must say so.</summary>
    public bool IsSimulated => Verification?.Collateral.Root.Kind == TeeKind.Simulated;

    /// <summary>What the verdict rests on: status, platform, measurements; null if it never came to a verification.</summary>
    public VerificationResult? Verification { get; }

    internal static AttestationResult Refused(Reason reason) => new(null, Tier.Contraindicated, [reason]);
}
