using System.Collections.Concurrent;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>The keys of one simulated world, each made when it is first wanted.</summary>
internal sealed class SimulatedKeys(byte[] seed)
{
    private readonly ConcurrentDictionary<string, SimulatedKey> keys = new(StringComparer.Ordinal);

    public SimulatedKey Root => this["root"];

    public SimulatedKey PlatformCa => this["platform-ca"];

    public SimulatedKey TcbSigning => this["tcb-signing"];

    public SimulatedKey this[string label] => keys.GetOrAdd(label, static (label, seed) => new SimulatedKey(seed, label), seed);

    public SimulatedKey Pck(string platform) => this["pck/" + platform];

    public SimulatedKey Attestation(string platform) => this["attestation/" + platform];
}
