using CocoonP2P.Attestation;

namespace CocoonP2P.Networks;

/// <summary>Chooses what a node trusts. Only network = "local" may be simulated.</summary>
internal static class TrustRules
{
    public const string Local = "local";

    /// <exception cref="CocoonException">Configuration: nothing to trust, or the wrong kind for this network.</exception>
    public static NetworkTrust Choose(NetworkManifest manifest, CocoonOptions options, HttpClient http, TimeProvider time)
    {
        NetworkTrust trust = options.Trust is Func<NetworkIdentity, NetworkTrust> given
            ? Given(given, manifest, time)
            : manifest.Name == Local
                ? throw new CocoonException(
                    ErrorCode.Configuration, "a local network is simulated, and nothing here trusts its root",
                    "add the package CocoonP2P.Attestation.Simulated and set Trust = SimulatedTee.Trust")
                : ProductionTrust.Of(manifest, options, http);
        AppraisalPolicy policy = options.Attestation.Policy.Length > 0 ? PolicyFile.Load(options.Attestation.Policy) : trust.Policy;
        return policy is SimulatedPolicy && manifest.Name != Local
            ? throw new CocoonException(
                ErrorCode.Configuration, $"policy \"{policy.Name}\" is simulated, and network \"{manifest.Name}\" is not",
                "simulated trust is for network = \"local\" alone")
            : trust with { Policy = policy };
    }

    public static IReadOnlyList<ReferenceValue> Images(NetworkManifest manifest) =>
        [.. manifest.Measurements.Select(m => new ReferenceValue(m.Name, m.MrTd, m.Rtmrs))];

    private static NetworkTrust Given(Func<NetworkIdentity, NetworkTrust> source, NetworkManifest manifest, TimeProvider time)
    {
        try
        {
            return source(new NetworkIdentity(manifest.Name, manifest.Genesis, Images(manifest), time));
        }
        catch (ArgumentException e)
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"the manifest of network \"{manifest.Name}\" cannot be trusted this way: {e.Message}",
                "a simulated network's manifest has genesis = \"…\", 32 bytes of hex, and [measurements.NAME]");
        }
    }
}
