namespace CocoonP2P.Protocol;

/// <summary>Every bound that a peer can make this node hit, in one place, each with the sum that set it.</summary>
internal static class Limits
{
    /// <summary>A model in a list in an offer, doubled: our deepest message is 4 deep.</summary>
    public const int WireDepth = 8;

    /// <summary>Fields that later versions may append to a message, which this one skips.</summary>
    public const int AppendedFields = 4;

    /// <summary>One gossip message: 8 models of 150 bytes, 4 addresses of 100, keys and signature 300.</summary>
    public const int OfferBytes = 2048;

    /// <summary>Models in one offer: a worker with more advertises those it wants work for.</summary>
    public const int OfferModels = 8;

    /// <summary>TCP on IPv4 and IPv6, and the same by name.</summary>
    public const int OfferAddresses = 4;

    /// <summary>The longest, /dns with a name of 60 and a peer id, is 128.</summary>
    public const int AddressBytes = 128;

    /// <summary>The longest name in models/ is 41.</summary>
    public const int ModelNameBytes = 64;

    /// <summary>8 GPUs with 32 jobs batched on each.</summary>
    public const int SlotsPerWorker = 256;

    /// <summary>Workers remembered at once: ten times the network that the simulator is sized for, 10 MiB.</summary>
    public const int OffersKept = 4096;

    /// <summary>An offer is repeated every 10 s and dies unaided after four that were missed.</summary>
    public static readonly TimeSpan OfferLife = TimeSpan.FromSeconds(45);

    /// <summary>How far a peer's clock may differ before its offers are ignored.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);
}
