namespace CocoonP2P.Attestation.Simulated;

/// <summary>One thing wrong with simulated evidence, and the reason for which a verifier must refuse it.</summary>
public sealed class SimulatedFault
{
    internal SimulatedFault(string name, ReasonCode expected, Action<SimulatedEvidence> apply)
    {
        Name = name;
        Expected = expected;
        Apply = apply;
    }

    /// <summary>All of them, by the groups of docs/protocol/attestation.md.</summary>
    public static IReadOnlyList<SimulatedFault> All { get; } =
    [
        .. ByteFaults.All, .. SignatureFaults.All, .. CertificateFaults.All, .. RevocationListFaults.All,
        .. CollateralFaults.All, .. JsonFaults.All, .. QeFaults.All, .. TdFaults.All,
    ];

    /// <summary>Unique, in lower case with hyphens.</summary>
    public string Name { get; }

    /// <summary>The reason for which it must be refused.</summary>
    public ReasonCode Expected { get; }

    internal Action<SimulatedEvidence> Apply { get; }

    /// <summary>The fault of this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SimulatedFault Named(string name) =>
        All.FirstOrDefault(fault => fault.Name == name) ?? throw new ArgumentException($"No fault is called \"{name}\".", nameof(name));

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Expected})";
}
