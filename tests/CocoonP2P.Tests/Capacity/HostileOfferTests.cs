using CocoonP2P.Capacity;
using CocoonP2P.Protocol;
using CsCheck;
using static CocoonP2P.Tests.Capacity.MarketSamples;
using static CocoonP2P.Tests.Capacity.OfferSamples;

namespace CocoonP2P.Tests.Capacity;

/// <summary>Whatever strangers offer and whatever happens, the market answers with a number or with nobody.</summary>
public sealed class HostileOfferTests
{
    private static readonly Gen<ulong> Price = Gen.OneOf(Gen.ULong, Gen.Const(0UL), Gen.Const(1UL), Gen.Const(ulong.MaxValue));

    private static readonly Gen<int> Figure = Gen.OneOf(Gen.Int[0, int.MaxValue], Gen.Const(0), Gen.Const(1), Gen.Const(int.MaxValue));

    private static readonly Gen<CapacityOffer> Offer =
        Gen.Select(Gen.Int[0, 5], Price, Price, Figure, Gen.Int[0, 256], Figure, Gen.ULong).Select((worker, prompt, completion, context, slots, speed, sequence) =>
            Of(worker, sequence) with
            {
                Worker = worker == 0 ? new byte[38] : Of(worker).Worker,
                Models = [new ModelOffer("m", Model, context, prompt, completion, slots, slots / 2, speed), new ModelOffer("m", Model, context, completion, prompt, slots, slots, speed)],
            });

    private static readonly Gen<MarketJob> Jobs = Gen.Select(Figure, Figure, Price, Gen.Int[-1, 1_000]).Select((prompt, max, cost, deadline) =>
        new MarketJob(Model, prompt, max, new NanoTon(cost), TimeSpan.FromSeconds(deadline), [0x8001]));

    [Fact]
    public void No_offer_and_no_outcome_breaks_the_market() =>
        Gen.Select(Offer.Array[0, 6], Jobs, Gen.ULong, Gen.Int[0, 40]).Array[1, 8].Sample(rounds =>
        {
            MarketSamples market = new();
            foreach ((CapacityOffer[] offers, MarketJob job, ulong random, int what) in rounds)
            {
                if (market.Choose(offers, random, job) is Choice choice)
                {
                    Assert.True(choice.ExpectedTime >= TimeSpan.Zero);
                    Flight flight = market.Market.Start(choice, market.Time);
                    Happen(market, flight, what, random);
                    Explanation explained = Explainer.Explain(market.Market, flight.Worker, "m", job, offers, market.Time);
                    Assert.InRange(explained.Share, 0, 1.000001);
                    Assert.NotEmpty(explained.Reasons);
                }

                TimeSpan? retry = RetryEstimate.Of(market.Market.Prospects(offers, job, new HashSet<CocoonP2P.Libp2p.PeerId>(), market.Time), what, market.Time);
                Assert.True(retry is null || (retry >= RetryEstimate.Shortest && retry <= RetryEstimate.Longest));
                Assert.NotNull(PeerViews.All(market.Market, offers, market.Time));
            }
        }, iter: 3_000);

    [Fact]
    public void More_workers_than_are_kept_push_out_those_used_least_lately()
    {
        MarketSamples market = new();
        for (int worker = 0; worker < MarketMemory.Workers + 10; worker++)
        {
            market.Time = market.Time.AddSeconds(1);
            market.Market.Receipted(Peer(worker), market.Time);
        }

        Assert.Equal(MarketMemory.Workers, market.Market.Memory.All.Count());
        Assert.Null(market.Market.Memory.Find(Peer(9)));
        Assert.NotNull(market.Market.Memory.Find(Peer(10)));
        Assert.Equal(10, market.Market.Memory.TakeChanges().Count(c => c.Record is null));
    }

    /// <summary>Something that can happen to a job, at a clock that may go back.</summary>
    private static void Happen(MarketSamples market, Flight flight, int what, ulong random)
    {
        if (what % 3 != 0)
        {
            flight.Sent(market.Time);
        }

        market.Time = market.Time.AddSeconds((what % 7) - 1);
        market.Market.Received(flight, what * 1_000_000, market.Time);
        market.Time = market.Time.AddSeconds((int)(random % 100));
        market.Market.Received(flight, int.MaxValue, market.Time);
        switch (what % 4)
        {
            case 0:
                market.Market.Finished(flight, market.Time);
                break;
            case 1:
                market.Market.Failed(flight, (FailureKind)(random % 8), TimeSpan.FromDays(what), market.Time);
                break;
            case 2:
                market.Market.Abandoned(flight, market.Time);
                break;
        }
    }
}
