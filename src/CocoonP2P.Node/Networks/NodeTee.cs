using CocoonP2P.Attestation;
using CocoonP2P.Hosting;
using CocoonP2P.Networks;


namespace CocoonP2P.Node.Networks;

/// <summary>What a network's kind decides for the program: what it trusts, and where a worker's evidence comes from.</summary>
internal static class NodeTee
{
    public static CocoonOptions Trusting(NetworkManifest manifest, CocoonOptions options) =>
        manifest.Name == TrustRules.Local ? LocalNetwork.Trusting(options) : options;

    /// <summary>Null on a client.</summary>
    /// <exception cref="CocoonException">Configuration: this machine has no evidence.</exception>
    public static async Task<NodeEvidence?> EvidenceAsync(
        NetworkManifest manifest, CocoonOptions options, DataFolder folder, TimeProvider time, CancellationToken cancellationToken) =>
        manifest.Name == TrustRules.Local ? LocalNetwork.Evidence(manifest, folder.Path)
        : options.Node.Role == NodeRole.Client ? null
        : await TdxEvidence.OpenAsync(new ConfigFsTsmQuoteProvider(time), cancellationToken);
}
