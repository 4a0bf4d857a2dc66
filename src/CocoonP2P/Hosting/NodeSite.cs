using CocoonP2P.Inference;
using CocoonP2P.Networks;
using CocoonP2P.Text;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Hosting;

/// <summary>Where a node stands: what it was told, its folder, its clock and, on a worker, what only a worker has.</summary>
internal sealed record NodeSite
{
    public required CocoonOptions Options { get; init; }

    public required NetworkManifest Manifest { get; init; }

    public required DataFolder Folder { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Runs models; null on a client.</summary>
    public IInferenceBackend? Backend { get; init; }

    /// <summary>The texts of the backend's models; null on a client, which has those of its store.</summary>
    public IModelCatalog? Catalog { get; init; }

    /// <summary>Makes quotes; null on a client without a TEE.</summary>
    public NodeEvidence? Evidence { get; init; }
}
