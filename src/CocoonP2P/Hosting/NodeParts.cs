using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Peers;
using CocoonP2P.Sessions;
using CocoonP2P.Storage;
using CocoonP2P.Text;
using CocoonP2P.Ton;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Hosting;

/// <summary>What a node is made of; whoever composes it decides what is real and what stands in.</summary>
internal sealed record NodeParts
{
    public required CocoonOptions Options { get; init; }

    /// <summary>SHA-256 identity of the network, 32 bytes.</summary>
    public required byte[] NetworkId { get; init; }

    /// <summary>TON global id.</summary>
    public required int GlobalId { get; init; }

    /// <summary>How often the chain makes a block.</summary>
    public required TimeSpan BlockTime { get; init; }

    public required NodeKeys Keys { get; init; }

    public required IPeerNetwork Network { get; init; }

    public required IJournal Journal { get; init; }

    public required IReadOnlyList<ITonClient> Chain { get; init; }

    /// <summary>Tokenizers and templates of this node's own models, of worker and client alike.</summary>
    public required IModelCatalog Catalog { get; init; }

    /// <summary>What a model's name means.</summary>
    public required ModelNames Names { get; init; }

    /// <summary>Tokenizers and templates that came from workers.</summary>
    public required TextStore Texts { get; init; }

    /// <summary>This node's store of models, which a worker hands out the texts of.</summary>
    public required ModelStore Store { get; init; }

    /// <summary>Null on a client.</summary>
    public IInferenceBackend? Backend { get; init; }

    /// <summary>Judges workers.</summary>
    public required IEvidenceAppraiser Appraiser { get; init; }

    /// <summary>Makes quotes; null on a client without a TEE.</summary>
    public NodeEvidence? Evidence { get; init; }

    public required RandomSource Random { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Stores a receipt under its job's name.</summary>
    public required Func<string, byte[], CancellationToken, Task> SaveReceipt { get; init; }

    /// <summary>Reads one back; null where there is none.</summary>
    public required Func<string, CancellationToken, Task<byte[]?>> LoadReceipt { get; init; }
}

/// <summary>A node's source of quotes.</summary>
/// <param name="Provider">Quotes 64 bytes.</param>
/// <param name="Measurement">SHA-256 over MRTD and RTMR0 to 3, for the offers, 32 bytes.</param>
internal sealed record NodeEvidence(Attestation.IQuoteProvider Provider, byte[] Measurement);
