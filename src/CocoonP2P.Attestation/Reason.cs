namespace CocoonP2P.Attestation;

/// <summary>Why evidence was refused.</summary>
/// <param name="Code">Stable; callers and tests branch on it.</param>
/// <param name="Detail">For a person. Never parsed.</param>
public readonly record struct Reason(ReasonCode Code, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Detail}";
}
