namespace CocoonP2P.Attestation;

/// <summary>What a policy asks of collateral.</summary>
public sealed record CollateralRules
{
    /// <summary>The longest <see cref="Grace"/>.</summary>
    public static readonly TimeSpan MaxGrace = TimeSpan.FromDays(7);

    /// <summary>The lowest TCB evaluation data number, of TCB Info and QE Identity alike.</summary>
    public required int MinTcbEvaluationDataNumber { get; init; }

    /// <summary>How long collateral may be used after its next update; a verdict that needs this is a warning.</summary>
    /// <value>Zero by default, at most seven days.</value>
    public TimeSpan Grace { get; init; }

    /// <summary>True for Intel's early channel, which is ahead of the standard one; their floors are apart.</summary>
    public bool Early { get; init; }
}
