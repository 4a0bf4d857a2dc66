using CocoonP2P.Capacity;
using CocoonP2P.Protocol;
using static CocoonP2P.Tests.Capacity.MarketSamples;
using static CocoonP2P.Tests.Capacity.OfferSamples;

namespace CocoonP2P.Tests.Capacity;

public sealed class ExplainerTests
{
    private readonly MarketSamples _market = new();

    private Explanation Explain(int worker, IReadOnlyList<CapacityOffer> offers, MarketJob? job = null) =>
        Explainer.Explain(_market.Market, Peer(worker), "cocoon-tiny", job ?? Job, offers, _market.Time);

    private WhyNotCode[] Codes(int worker, IReadOnlyList<CapacityOffer> offers, MarketJob? job = null) =>
        [.. Explain(worker, offers, job).Reasons.Select(r => r.Code)];

    [Fact]
    public void Each_demand_that_is_not_met_has_its_code()
    {
        CapacityOffer other = Of(1) with { Models = [Of(1).Models[0] with { Id = new byte[32] }] };
        CapacityOffer small = Of(1) with { Models = [Of(1).Models[0] with { ContextTokens = 100 }] };
        Assert.Equal([WhyNotCode.NoOffer], Codes(1, [Of(2)]));
        Assert.Equal([WhyNotCode.WrongModel], Codes(1, [other]));
        Assert.Equal([WhyNotCode.EvidenceKind], Codes(1, [Of(1, tee: 1)]));
        Assert.Equal([WhyNotCode.ContextTooSmall], Codes(1, [small]));
        Assert.Equal([WhyNotCode.TooDear], Codes(1, [Of(1, price: 10_000_000)], Job with { MaxCost = new NanoTon(1_000) }));
        Assert.Equal([WhyNotCode.Exposure], Codes(1, [Of(1, price: 1_000_000_000_000)]));
    }

    [Fact]
    public void Numbers_stand_in_the_words() => Assert.Contains(
        "1500 nanoton there, above the 1000 allowed",
        Explain(1, [Of(1, price: 10_000_000)], Job with { MaxCost = new NanoTon(1_000) }).Reasons[0].Text, StringComparison.Ordinal);

    [Fact]
    public void What_was_learnt_is_said_in_its_order()
    {
        _market.Serve(Of(2));
        Assert.Equal([WhyNotCode.NoFreeSlot, WhyNotCode.NoHistory], Codes(1, [Of(1, free: 0), Of(2)]));
        Assert.Equal([WhyNotCode.NoHistory], Codes(1, [Of(1), Of(2)]));
        for (int i = 0; i < 3; i++)
        {
            _market.Fail(Of(1), FailureKind.Lost);
        }

        Assert.Equal([WhyNotCode.Backoff, WhyNotCode.NoHistory, WhyNotCode.LowSuccess], Codes(1, [Of(1), Of(2)]));
    }

    [Fact]
    public void A_known_worker_is_dearer_slower_or_chosen()
    {
        CapacityOffer[] offers = [Of(1, price: 100_000_000), Of(2, price: 300_000_000), Of(3, price: 100_000_000)];
        _market.Serve(offers[0]);
        _market.Serve(offers[1]);
        _market.Serve(offers[2], firstToken: 1, perToken: 0.05);
        Assert.Equal([WhyNotCode.Chosen], Codes(1, offers));
        Assert.Equal([WhyNotCode.Dearer], Codes(2, offers));
        Assert.Equal([WhyNotCode.Slower], Codes(3, offers));
        Assert.Contains(WhyNotCode.TooSlow, Codes(3, offers, Job with { Deadline = TimeSpan.FromSeconds(2.1) }));
    }

    [Fact]
    public void Shares_are_those_of_the_draws()
    {
        CapacityOffer[] offers = [Of(1, price: 100_000_000), Of(2, price: 104_000_000), Of(3, price: 130_000_000), Of(4, price: 90_000_000)];
        _market.Serve(offers[0]);
        _market.Serve(offers[1], firstToken: 0.4);
        _market.Serve(offers[2]);
        IReadOnlyDictionary<CocoonP2P.Libp2p.PeerId, double> drawn = _market.Shares(offers);
        double sum = 0;
        foreach (int worker in new[] { 1, 2, 3, 4 })
        {
            double share = Explain(worker, offers).Share;
            sum += share;
            Assert.Equal(share, drawn.GetValueOrDefault(Peer(worker)), 0.05);
        }

        Assert.Equal(1, sum, 6);
    }
}
