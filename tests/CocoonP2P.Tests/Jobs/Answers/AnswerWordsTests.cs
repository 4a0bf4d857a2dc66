using CocoonP2P.Jobs;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Jobs.Answers;

/// <summary>What a user hears in the end: one code, and what was tried.</summary>
public sealed class AnswerWordsTests
{
    private static readonly CocoonException Nobody = NoPlace.Nobody("no other worker offers tiny", "wait for one");
    private readonly AnswerScript _script = new();

    public AnswerWordsTests() => _script.Tell(new AnswerEvent.Wanted());

    [Fact]
    public void All_busy_is_busy_with_the_soonest_time_to_come_back()
    {
        CocoonException told = Tell(Busy(5), Busy(2));
        Assert.Equal(ErrorCode.Busy, told.Code);
        Assert.Equal(TimeSpan.FromSeconds(2), told.RetryAfter);
    }

    [Fact]
    public void All_too_dear_is_no_worker_with_a_reason_for_each()
    {
        AttemptFailure dear = AttemptTrouble.TooDear(new NanoTon(20), new NanoTon(10));
        NoWorkerException told = Assert.IsType<NoWorkerException>(Tell(dear, dear, dear));
        Assert.Equal(ErrorCode.NoWorker, told.Code);
        Assert.Equal(3, told.Offers.Count);
        Assert.All(told.Offers, offer => Assert.Contains("20 nanoton, above the 10", offer.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Different_reasons_are_no_worker_and_named()
    {
        CocoonException told = Tell(AttemptTrouble.Lost(0), AttemptTrouble.TooDear(new NanoTon(20), new NanoTon(10)));
        Assert.Equal(ErrorCode.NoWorker, told.Code);
        Assert.Contains("lost after 0 tokens", told.Message, StringComparison.Ordinal);
        Assert.Contains("above the 10", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_broke_off_is_worker_lost_and_says_where()
    {
        _script.Place(1);
        _script.Arrive(1, 1, 2, 3);
        _script.Fail(1, AttemptTrouble.Lost(3));
        _script.Tell(new AnswerEvent.NotPlaced(Nobody, Waited: true));
        CocoonException told = _script.Last<AnswerEffect.Fail>().Error;
        Assert.Equal(ErrorCode.WorkerLost, told.Code);
        Assert.StartsWith("the answer broke off after 3 tokens", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_purse_comes_before_everything_else()
    {
        CocoonException told = Tell(
            Busy(1), new AttemptFailure(NextTry.Elsewhere, null, new InsufficientFundsException("empty", "fund it", new NanoTon(2), new NanoTon(1), "address")));
        InsufficientFundsException funds = Assert.IsType<InsufficientFundsException>(told);
        Assert.Equal(new NanoTon(2), funds.Needed);
    }

    [Fact]
    public void Where_nothing_was_tried_the_markets_word_stands() => Assert.Same(Nobody, Tell());

    private CocoonException Tell(params AttemptFailure[] failures)
    {
        foreach (AttemptFailure failure in failures)
        {
            _script.Place((byte)(_script.State.Attempts + 1));
            _script.Fail(_script.State.Attempts, failure);
        }

        _script.Tell(new AnswerEvent.NotPlaced(Nobody, Waited: true));
        return _script.Last<AnswerEffect.Fail>().Error;
    }

    private static AttemptFailure Busy(int seconds) =>
        AttemptTrouble.Refused(new JobRefused(new byte[32], JobRefusalCode.Busy, TimeSpan.FromSeconds(seconds)));
}
