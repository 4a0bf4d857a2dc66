namespace CocoonP2P.Attestation;

/// <summary>The root of a simulated network: whoever knows the network's seed can sign anything under it.</summary>
public sealed class SimulatedRoot : RootOfTrust
{
    internal const string NamePrefix = "CocoonP2P SIMULATED";

    /// <summary>A root by its public key, x and y, 64 bytes big endian.</summary>
    /// <exception cref="ArgumentException">Not a point of P-256.</exception>
    public SimulatedRoot(ReadOnlySpan<byte> publicKey)
        : base("simulated", TeeKind.Simulated, NamePrefix, publicKey.ToArray())
    {
    }

    internal override ReadOnlySpan<byte> Vendor => QuoteLayout.SimulatedVendor;
}
