namespace CocoonP2P.Attestation.Simulated;

/// <summary>
/// A TEE that protects nothing. From a seed follow a root, platforms, quotes and collateral in the real formats, so that
/// the real verifier runs on a machine without TDX. Whoever has the seed can sign anything, and the seed is public.
/// </summary>
public sealed class SimulatedTee
{
    private readonly SimulatedKeys keys;

    /// <summary>The world of a seed.</summary>
    /// <param name="seed">Any bytes, at least 16: the network's genesis has them.</param>
    /// <exception cref="ArgumentException">A shorter seed.</exception>
    public SimulatedTee(ReadOnlySpan<byte> seed)
    {
        if (seed.Length < 16)
        {
            throw new ArgumentException("A seed has at least 16 bytes.", nameof(seed));
        }

        keys = new SimulatedKeys(seed.ToArray());
        Root = new SimulatedRoot(keys.Root.PublicKey);
    }

    /// <summary>
    /// Trust in a simulated network: strict rules, for the images of its manifest, under the root that follows from its
    /// public genesis. Whoever chooses it says that evidence shall protect nothing.
    /// </summary>
    /// <param name="network">A network with a genesis.</param>
    /// <exception cref="ArgumentException">It has none, or names no image.</exception>
    public static NetworkTrust Trust(NetworkIdentity network)
    {
        ArgumentNullException.ThrowIfNull(network);
        SimulatedTee tee = new(network.Genesis.Span);
        return new NetworkTrust(new SimulatedPolicy(network.Name, tee.Root, network.Images), tee.CreateCollateralSource(network.Clock));
    }

    /// <summary>What a <see cref="SimulatedPolicy"/> trusts.</summary>
    public SimulatedRoot Root { get; }

    /// <summary>Collateral as of this day; it serves for 29 days.</summary>
    /// <param name="at">Any moment of the day.</param>
    /// <param name="fault">What is to be wrong with it; null for nothing.</param>
    public CollateralBundle Collateral(DateTimeOffset at, SimulatedFault? fault = null) =>
        Evidence(new SimulatedTd("collateral"), "platform", at, fault).EncodeCollateral();

    /// <summary>Where a simulated network's nodes get their collateral: from the seed, for the clock's day.</summary>
    public ICollateralSource CreateCollateralSource(TimeProvider clock) => new SimulatedCollateralSource(this, clock);

    /// <summary>A quote provider for a trust domain on a platform.</summary>
    /// <param name="td">The trust domain.</param>
    /// <param name="platform">Names the machine: another name is another platform, with its own keys.</param>
    /// <param name="fault">What is to be wrong with its quotes; null for nothing.</param>
    public IQuoteProvider CreateProvider(SimulatedTd td, string platform = "platform", SimulatedFault? fault = null) =>
        new SimulatedQuoteProvider(Evidence(td, platform, DateTimeOffset.UnixEpoch.AddYears(56), fault));

    internal SimulatedEvidence Evidence(SimulatedTd td, string platform, DateTimeOffset at, SimulatedFault? fault)
    {
        ArgumentNullException.ThrowIfNull(td);
        var evidence = new SimulatedEvidence(keys, td, platform, at);
        fault?.Apply(evidence);
        return evidence;
    }
}
