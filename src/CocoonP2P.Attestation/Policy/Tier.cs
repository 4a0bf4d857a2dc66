namespace CocoonP2P.Attestation;

/// <summary>A verdict in one word (RFC 9334's trust tiers). Prompts go to <see cref="Affirming"/> unless configured.</summary>
public enum Tier
{
    /// <summary>Refused.</summary>
    Contraindicated,

    /// <summary>Accepted by a relaxation that the policy names.</summary>
    Warning,

    /// <summary>Every rule is met.</summary>
    Affirming,
}
