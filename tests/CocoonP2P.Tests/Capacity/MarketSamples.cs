using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;
using CocoonP2P.Protocol;
using static CocoonP2P.Tests.Capacity.OfferSamples;

namespace CocoonP2P.Tests.Capacity;

/// <summary>A market with the default payment options, and jobs done in it one after the other.</summary>
internal sealed class MarketSamples
{
    private static readonly IReadOnlySet<PeerId> Nobody = new HashSet<PeerId>();

    public static readonly MarketJob Job = new(OfferSamples.Model, 100, 50, new NanoTon(1_000_000_000), TimeSpan.FromMinutes(10), [0x8001]);

    public Market Market { get; } = new(new MarketSettings(new NanoTon(1_000_000_000), new NanoTon(2_000_000_000)));

    public DateTimeOffset Time { get; set; } = Now;

    public static PeerId Peer(int worker) => PeerId.TryFromBytes(Of(worker).Worker.Span, out PeerId peer) ? peer : default;

    public Choice? Choose(IReadOnlyList<CapacityOffer> offers, ulong random, MarketJob? job = null, IReadOnlySet<PeerId>? excluded = null) =>
        Market.Choose(offers, job ?? Job, excluded ?? Nobody, Time, random);

    /// <summary>Answers of 50 tokens, each with these times in seconds.</summary>
    public void Serve(CapacityOffer offer, int answers = Forecast.Proven, double firstToken = 0.5, double perToken = 0.02)
    {
        for (int i = 0; i < answers; i++)
        {
            Flight flight = Start(offer);
            flight.Sent(Time);
            Time = Time.AddSeconds(firstToken);
            for (int token = 0; token < 50; token++)
            {
                Market.Received(flight, 1, Time);
                Time = Time.AddSeconds(token < 49 ? perToken : 0);
            }

            Market.Finished(flight, Time);
        }
    }

    public Flight Start(CapacityOffer offer) =>
        Market.Start(new Choice(new Candidate(offer, offer.Models[0], 1), TimeSpan.FromSeconds(1), false, 1), Time);

    public void Fail(CapacityOffer offer, FailureKind kind, double afterSeconds = 0)
    {
        Flight flight = Start(offer);
        Time = Time.AddSeconds(afterSeconds);
        Market.Failed(flight, kind, TimeSpan.Zero, Time);
    }

    /// <summary>Of a thousand choices, the part that each worker gets.</summary>
    public IReadOnlyDictionary<PeerId, double> Shares(IReadOnlyList<CapacityOffer> offers, MarketJob? job = null) => Enumerable.Range(0, 1_000)
        .Select(i => Choose(offers, unchecked((ulong)i * 0x9E3779B97F4A7C15), job)).Where(c => c is not null)
        .GroupBy(c => PeerId.TryFromBytes(c!.Candidate.Offer.Worker.Span, out PeerId peer) ? peer : default)
        .ToDictionary(g => g.Key, g => g.Count() / 1_000.0);
}
