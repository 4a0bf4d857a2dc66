using CocoonP2P.Capacity;
using CocoonP2P.Jobs;
using CocoonP2P.Libp2p;
using CocoonP2P.Protocol;

namespace CocoonP2P.Hosting;

/// <summary>What a person asks the market: who is there, and why not this one.</summary>
/// <param name="market">Of this node.</param>
/// <param name="offers">Of the moment.</param>
/// <param name="maxPerJob">Most that a job may cost.</param>
/// <param name="teeKinds">Evidence that the policy can accept.</param>
internal sealed class MarketQuestions(MarketKeeper market, Func<IReadOnlyList<CapacityOffer>> offers, NanoTon maxPerJob, ushort[] teeKinds)
{
    /// <summary>Tokens of the job that is asked about, of prompt and of answer: a short question and its answer.</summary>
    private const int Tokens = 128;

    public IReadOnlyList<PeerView> Peers() => market.Peers();

    /// <summary>One explanation for each model that the worker offers, or for the one that is named.</summary>
    /// <param name="peer">Peer id as text.</param>
    /// <param name="model">Name or id; null for those that it offers.</param>
    /// <exception cref="CocoonException">Usage: no peer id; UnknownModel: nobody offers such a model.</exception>
    public IReadOnlyList<Explanation> Explain(string peer, string? model)
    {
        if (!PeerId.TryParse(peer, out PeerId worker))
        {
            throw new CocoonException(ErrorCode.Usage, $"\"{peer}\" is no peer id", "cocoon peers list shows them");
        }

        byte[] bytes = worker.ToBytes();
        IReadOnlyList<CapacityOffer> live = offers();
        List<ModelOffer> asked =
        [
            .. live.Where(o => model is not null || o.Worker.Span.SequenceEqual(bytes)).SelectMany(o => o.Models)
                .Where(m => model is null || m.Name == model || Convert.ToHexStringLower(m.Id.Span) == model)
                .DistinctBy(m => Convert.ToHexStringLower(m.Id.Span)),
        ];
        if (asked.Count == 0 && model is not null)
        {
            throw new CocoonException(ErrorCode.UnknownModel, $"nobody offers \"{model}\"", "cocoon peers list shows who offers what");
        }

        return asked.Count == 0
            ? [new Explanation(peer, "", 0, [ReasonWords.NoOffer()])]
            : [.. asked.Select(m => market.Explain(worker, m.Name, Job(m.Id)))];
    }

    private MarketJob Job(ReadOnlyMemory<byte> model) => new(model, Tokens, Tokens, maxPerJob, ClientSettings.JobTime, teeKinds);
}
