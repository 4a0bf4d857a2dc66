using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Capacity.Simulation;

/// <summary>The market under test.</summary>
internal sealed class MarketChooser(IReadOnlyList<SimWorker> workers, int seed) : IChooser
{
    private readonly Random _random = new(seed);
    private Choice? _chosen;

    public Market Market { get; } = new(new MarketSettings(new NanoTon(1_000_000_000), new NanoTon(2_000_000_000)));

    public SimWorker? Choose(SimJob job, IReadOnlySet<PeerId> tried, DateTimeOffset now)
    {
        MarketJob described = new(
            OfferSamples.Model, job.PromptTokens, SimJob.MaxTokens, new NanoTon(1_000_000_000), TimeSpan.FromSeconds(job.Deadline), [0x8001]);
        _chosen = Market.Choose([.. workers.Select(w => w.Offer)], described, tried, now, (ulong)_random.NextInt64());
        return _chosen is not null && PeerId.TryFromBytes(_chosen.Candidate.Offer.Worker.Span, out PeerId peer)
            ? workers.First(w => w.Peer.Equals(peer))
            : null;
    }

    public object Started(SimWorker worker, DateTimeOffset now)
    {
        Flight flight = Market.Start(_chosen!, now);
        flight.Sent(now);
        return flight;
    }

    public void Received(object run, int tokens, DateTimeOffset now) => Market.Received((Flight)run, tokens, now);

    public void Ended(object run, FailureKind? failure, DateTimeOffset now)
    {
        Flight flight = (Flight)run;
        if (failure is { } kind)
        {
            Market.Failed(flight, kind, TimeSpan.FromSeconds(1), now);
        }
        else
        {
            Market.Finished(flight, now);
            Market.Receipted(flight.Worker, now);
        }
    }
}
