namespace CocoonP2P.Attestation;

/// <summary>The kind of evidence, as it is announced on the wire (docs/protocol/attestation.md).</summary>
public enum TeeKind
{
    /// <summary>No kind.</summary>
    None = 0,

    /// <summary>Intel TDX.</summary>
    Tdx = 0x0001,

    /// <summary>Real formats under a root that protects nothing.</summary>
    Simulated = 0x8001,
}
