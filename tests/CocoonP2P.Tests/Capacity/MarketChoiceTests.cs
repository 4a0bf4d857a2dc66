using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;
using CocoonP2P.Protocol;
using static CocoonP2P.Tests.Capacity.MarketSamples;
using static CocoonP2P.Tests.Capacity.OfferSamples;

namespace CocoonP2P.Tests.Capacity;

public sealed class MarketChoiceTests
{
    private readonly MarketSamples _market = new();

    [Fact]
    public void Only_workers_that_could_run_the_job_are_chosen()
    {
        CapacityOffer[] offers =
        [
            Of(1),
            Of(2, free: 0),
            Of(3, tee: 0x0001),
            Of(4) with { Models = [Of(4).Models[0] with { ContextTokens = 100 }] },
            Of(5) with { Models = [Of(5).Models[0] with { Id = new byte[32] }] },
            Of(6, price: 100_000_000_000_000),
        ];

        Assert.Equal([Peer(1)], _market.Shares(offers).Keys);
    }

    [Fact]
    public void A_worker_that_had_its_try_is_not_chosen_again() =>
        Assert.Null(_market.Choose([Of(1)], 7, excluded: new HashSet<PeerId> { Peer(1) }));

    [Fact]
    public void The_cheapest_gets_nearly_all_and_of_equal_prices_the_faster()
    {
        _market.Serve(Of(1));
        _market.Serve(Of(2, price: 200_000));
        _market.Serve(Of(3), firstToken: 1.5, perToken: 0.06);
        IReadOnlyDictionary<PeerId, double> shares = _market.Shares([Of(1, price: 100_000_000), Of(2, price: 200_000_000), Of(3, price: 100_000_000)]);
        Assert.True(shares[Peer(1)] > 0.95, $"{shares[Peer(1)]}");
    }

    [Fact]
    public void A_worker_that_would_be_late_loses_against_a_dearer_one_that_is_in_time()
    {
        _market.Serve(Of(1), firstToken: 5, perToken: 0.5);
        _market.Serve(Of(2));
        IReadOnlyDictionary<PeerId, double> shares = _market.Shares(
            [Of(1, price: 100_000_000), Of(2, price: 300_000_000)], Job with { Deadline = TimeSpan.FromSeconds(10) });
        Assert.True(shares[Peer(2)] > 0.95, $"{shares[Peer(2)]}");
    }

    [Fact]
    public void A_burst_spreads_before_any_new_offer_comes()
    {
        CapacityOffer[] offers = [Of(1), Of(2), Of(3)];
        int[] started = new int[4];
        for (ulong i = 0; _market.Choose(offers, i) is Choice choice; i++)
        {
            started[choice.Candidate.Offer.Worker.Span[6]]++;
            _market.Market.Start(choice, _market.Time);
        }

        Assert.Equal([0, 2, 2, 2], started);
    }

    [Fact]
    public void A_stranger_may_lock_an_eighth_and_each_receipt_doubles_it()
    {
        NanoTon[] exposures = [.. Enumerable.Range(0, 5).Select(r => _market.Market.Settings.Exposure((uint)r))];
        Assert.Equal([125_000_000UL, 250_000_000, 500_000_000, 1_000_000_000, 1_000_000_000], exposures.Select(e => e.Value));
        CapacityOffer dear = Of(1, price: 1_000_000_000_000);
        Assert.Null(_market.Choose([dear], 1));
        Assert.Equal(WhyNotCode.Exposure, Obstacle.Of(_market.Market, [dear], Job)!.Code);
        _market.Market.Receipted(Peer(1), Now);
        Assert.NotNull(_market.Choose([dear], 1));
        _market.Fail(dear, FailureKind.OverCounted);
        Assert.Equal(WhyNotCode.Exposure, Obstacle.Of(_market.Market, [dear], Job)!.Code);
    }
}
