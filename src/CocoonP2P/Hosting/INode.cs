using CocoonP2P.Capacity;
using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using CocoonP2P.Telemetry;

namespace CocoonP2P.Hosting;

/// <summary>What commands, HTTP and library see of a running node.</summary>
internal interface INode
{
    /// <summary>Steps as they happen.</summary>
    Timeline Timeline { get; }

    /// <summary>Runs a prompt on an attested worker and pays for it.</summary>
    /// <exception cref="CocoonException">With code, cause and cure.</exception>
    IAsyncEnumerable<AnswerPart> AskAsync(ChatOrder order, CancellationToken cancellationToken);

    /// <summary>Embeds texts on an attested worker and pays for it.</summary>
    /// <exception cref="CocoonException">With code, cause and cure.</exception>
    Task<EmbeddingAnswer> EmbedAsync(EmbeddingOrder order, CancellationToken cancellationToken);

    /// <summary>What the network offers now, by model.</summary>
    IReadOnlyList<OfferedModel> Models();

    /// <summary>Every worker that offers something now or is remembered.</summary>
    IReadOnlyList<PeerView> Peers();

    /// <summary>Why a worker would get a job, or not: for each model that it offers, or the one that is named.</summary>
    /// <exception cref="CocoonException">Usage: no peer id; UnknownModel: nobody offers such a model.</exception>
    IReadOnlyList<Explanation> Explain(string peer, string? model);

    /// <summary>Who and how this node is.</summary>
    NodeStatus Status();

    /// <summary>Ends every channel, cooperatively where the worker answers; returns when the chain shows it.</summary>
    Task<IReadOnlyList<ClosedChannel>> CloseAllAsync(CancellationToken cancellationToken);

    /// <summary>The receipt of a finished job as JSON; null for one that is unknown.</summary>
    Task<byte[]?> ReceiptAsync(string job, CancellationToken cancellationToken);
}

/// <summary>A channel that ended.</summary>
/// <param name="Address">On the chain.</param>
/// <param name="Paid">What the worker got in all.</param>
/// <param name="Cooperative">Whether both sides signed the end.</param>
internal sealed record ClosedChannel(string Address, NanoTon Paid, bool Cooperative);

/// <summary>What /status.json says; warnings first.</summary>
internal sealed record NodeStatus(
    string PeerId,
    string Role,
    string Network,
    string Attestation,
    bool Simulated,
    IReadOnlyList<string> Addresses,
    int Peers,
    int Offers,
    string Wallet,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Why it cannot do its work at this moment; empty for a node that can.</summary>
    public IReadOnlyList<string> NotReady { get; init; } = [];
}
