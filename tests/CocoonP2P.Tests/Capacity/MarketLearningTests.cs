using CocoonP2P.Capacity;
using CocoonP2P.Ton;
using static CocoonP2P.Tests.Capacity.MarketSamples;
using static CocoonP2P.Tests.Capacity.OfferSamples;

namespace CocoonP2P.Tests.Capacity;

public sealed class MarketLearningTests
{
    private static readonly Bits256 ModelKey = new(Model);

    private readonly MarketSamples _market = new();

    private ModelRecord Record(int worker) => _market.Market.Memory.Find(Peer(worker), ModelKey)!;

    [Fact]
    public void Failing_at_once_teaches_no_speed()
    {
        _market.Fail(Of(1), FailureKind.Refused);
        Assert.Equal(0, Record(1).FirstToken.Samples);
        Assert.Equal(0.5, Record(1).Success(_market.Time), 3);
    }

    [Fact]
    public void A_worker_that_fails_is_left_alone_twice_as_long_each_time_up_to_a_minute()
    {
        for (int i = 0; i < 10; i++)
        {
            _market.Fail(Of(1), FailureKind.Lost);
            Assert.Equal(Math.Min(60, 1 << i), (Record(1).Backoff.Until - _market.Time).TotalSeconds);
        }

        _market.Serve(Of(1), answers: 1);
        Assert.True(Record(1).Backoff.Until <= _market.Time);
    }

    [Fact]
    public void Where_all_have_failed_the_one_that_may_soonest_try_again_is_chosen()
    {
        _market.Fail(Of(1), FailureKind.Unreachable);
        _market.Fail(Of(2), FailureKind.Unreachable);
        _market.Fail(Of(2), FailureKind.Unreachable);
        Assert.Equal(1, _market.Choose([Of(1), Of(2)], 3)!.Candidate.Offer.Worker.Span[6]);
    }

    [Fact]
    public void A_worker_that_is_full_is_waited_for_rather_than_one_that_failed()
    {
        _market.Fail(Of(1), FailureKind.Lost);
        Assert.Null(_market.Choose([Of(1), Of(2, free: 0)], 3));
    }

    [Fact]
    public void A_hedge_that_lost_says_nothing_bad_but_that_it_waited()
    {
        _market.Serve(Of(1));
        Flight flight = _market.Start(Of(1));
        flight.Sent(_market.Time);
        _market.Time = _market.Time.AddSeconds(4);
        _market.Market.Abandoned(flight, _market.Time);
        Assert.Equal(1, Record(1).Success(_market.Time));
        Assert.True(Record(1).FirstToken.Value > 1);
        Assert.Empty(Record(1).Flights);
    }

    [Fact]
    public void An_outcome_counts_once()
    {
        Flight flight = _market.Start(Of(1));
        _market.Market.Finished(flight, _market.Time);
        _market.Market.Failed(flight, FailureKind.Lost, TimeSpan.Zero, _market.Time);
        _market.Market.Abandoned(flight, _market.Time);
        Assert.Equal(1, Record(1).Success(_market.Time));
    }

    [Fact]
    public void A_job_that_waits_in_vain_makes_its_worker_slow_before_it_ends()
    {
        CapacityOffer[] offers = [Of(1, price: 100_000_000), Of(2, price: 100_000_000)];
        _market.Serve(Of(1), firstToken: 0.1);
        _market.Serve(Of(2), firstToken: 0.5);
        Assert.True(_market.Shares(offers)[Peer(1)] > 0.6);
        _market.Start(offers[0]).Sent(_market.Time);
        _market.Time = _market.Time.AddSeconds(10);
        Assert.True(_market.Shares(offers)[Peer(2)] > 0.9);
    }

    [Fact]
    public void A_stream_may_be_silent_for_four_times_its_longest_silences_within_3_and_30_seconds()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), StallBound.Of(null));
        _market.Serve(Of(1), perToken: 0.02);
        _market.Serve(Of(2), perToken: 2);
        _market.Serve(Of(3), perToken: 20);
        Assert.Equal(3, StallBound.Of(Record(1)).TotalSeconds, 3);
        Assert.Equal(8, StallBound.Of(Record(2)).TotalSeconds, 3);
        Assert.Equal(30, StallBound.Of(Record(3)).TotalSeconds, 3);
    }

    [Fact]
    public void Hedging_starts_where_one_job_in_twenty_still_waits_and_not_before_twenty_were_seen()
    {
        _market.Serve(Of(1), answers: 19, firstToken: 0.5);
        Assert.Null(_market.Market.HedgeAfter(ModelKey));
        _market.Serve(Of(1), answers: 1, firstToken: 5);
        Assert.InRange(_market.Market.HedgeAfter(ModelKey)!.Value.TotalSeconds, 0.5, 0.6);
        _market.Serve(Of(1), answers: 5, firstToken: 5);
        Assert.InRange(_market.Market.HedgeAfter(ModelKey)!.Value.TotalSeconds, 5, 6);
    }
}
