using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;

namespace CocoonP2P.Tests.Jobs.Answers;

public sealed class AnswerMachineTests
{
    private readonly AnswerScript _script = new();

    public AnswerMachineTests() => _script.Tell(new AnswerEvent.Wanted());

    [Fact]
    public void An_answer_from_one_worker_is_led_delivered_and_finished()
    {
        Assert.True(_script.Last<AnswerEffect.Place>().Waits);
        _script.Place(1);
        Assert.Equal([typeof(AnswerEffect.Lead), typeof(AnswerEffect.Deliver)], _script.Arrive(1, 5, 6).Select(e => e.GetType()));
        Assert.IsType<AnswerEffect.Deliver>(Assert.Single(_script.Arrive(1, 7)));
        _script.Tell(new AnswerEvent.Ended(1, FinishReason.Length));
        Assert.Equal(FinishReason.Length, _script.Last<AnswerEffect.Finish>().Reason);
        Assert.Equal([5, 6, 7], _script.Delivered);
        Assert.Empty(_script.Tell(new AnswerEvent.Tick()));
    }

    [Fact]
    public void Before_the_first_token_another_worker_is_asked_at_once_and_the_first_not_again()
    {
        _script.Place(1);
        _script.Fail(1, AttemptTrouble.Lost(0));
        Assert.True(_script.Last<AnswerEffect.Place>().Waits);
        Assert.Single(_script.State.Excluded);
        _script.Place(2);
        Assert.Equal(2, Assert.IsType<AnswerEffect.Lead>(_script.Arrive(2, 5)[0]).Attempt);
    }

    [Fact]
    public void Attempts_are_bounded_by_workers_and_not_by_a_count()
    {
        for (byte worker = 1; worker <= 40; worker++)
        {
            _script.Place(worker);
            _script.Fail(worker, AttemptTrouble.Lost(0));
            _script.Last<AnswerEffect.Place>();
        }

        _script.Tell(new AnswerEvent.NotPlaced(NoPlace.Nobody("no other worker", "wait"), Waited: true));
        CocoonException told = _script.Last<AnswerEffect.Fail>().Error;
        Assert.Equal(ErrorCode.WorkerLost, told.Code);
        Assert.Contains("and 28 before", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_first_token_another_goes_on_from_what_was_delivered()
    {
        _script.Place(1);
        _script.Arrive(1, 5, 6);
        _script.Fail(1, AttemptTrouble.Lost(2));
        _script.Last<AnswerEffect.Place>();
        _script.Place(2);
        Assert.Equal(2, Assert.IsType<AnswerEffect.Lead>(_script.Arrive(2, 7)[0]).Attempt);
        _script.Tell(new AnswerEvent.Ended(2, FinishReason.Stop));
        Assert.Equal([5, 6, 7], _script.Delivered);
        Assert.Equal(3, _script.State.Delivered);
    }

    [Fact]
    public void A_stream_silent_for_its_bound_is_dead_and_its_worker_blamed()
    {
        _script.Place(1);
        _script.Arrive(1, 5);
        Assert.Empty(_script.After(AnswerScript.Stall - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(AnswerScript.Start + AnswerScript.Stall, _script.State.NextLook);
        _script.After(TimeSpan.FromMilliseconds(1));
        Assert.Equal(new AnswerEffect.Cancel(1, FailureKind.Stalled), _script.Effects[0]);
        _script.Last<AnswerEffect.Place>();
    }

    [Fact]
    public void A_chunk_of_an_attempt_that_was_given_up_counts_for_nothing()
    {
        _script.Place(1);
        _script.Arrive(1, 5);
        _script.After(AnswerScript.Stall);
        Assert.Empty(_script.Arrive(1, 6));
        Assert.Equal([5], _script.Delivered);
    }

    [Fact]
    public void A_late_first_token_brings_a_second_worker_and_the_first_to_deliver_wins()
    {
        _script.Place(1, TimeSpan.FromSeconds(1));
        _script.After(TimeSpan.FromSeconds(1));
        Assert.False(_script.Last<AnswerEffect.Place>().Waits);
        _script.Place(2, TimeSpan.FromSeconds(1));
        Assert.Equal(
            [new AnswerEffect.Cancel(1, null), new AnswerEffect.Lead(2)], _script.Arrive(2, 5).Take(2));
        Assert.Empty(_script.Arrive(1, 9));
        Assert.Equal([5], _script.Delivered);
        Assert.Empty(_script.After(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Without_a_second_worker_the_first_goes_on()
    {
        _script.Place(1, TimeSpan.FromSeconds(1));
        _script.After(TimeSpan.FromSeconds(1));
        Assert.Empty(_script.Tell(new AnswerEvent.NotPlaced(NoPlace.Nobody("none", ""), Waited: false)));
        Assert.IsType<AnswerEffect.Lead>(_script.Arrive(1, 5)[0]);
    }

    [Fact]
    public void A_hedge_whose_two_workers_fail_looks_for_a_third()
    {
        _script.Place(1, TimeSpan.FromSeconds(1));
        _script.After(TimeSpan.FromSeconds(1));
        _script.Place(2);
        Assert.Empty(_script.Fail(1, AttemptTrouble.Lost(0)));
        _script.Fail(2, AttemptTrouble.Lost(0));
        Assert.True(_script.Last<AnswerEffect.Place>().Waits);
    }

    [Fact]
    public void The_deadline_ends_everything_whoever_is_at_work()
    {
        _script.Place(1);
        _script.Tell(new AnswerEvent.Started(1));
        _script.After(AnswerScript.Limit);
        Assert.Equal(new AnswerEffect.Cancel(1, null), _script.Effects[0]);
        Assert.Equal(ErrorCode.Timeout, _script.Last<AnswerEffect.Fail>().Error.Code);
    }

    [Fact]
    public void Evidence_that_expires_lets_the_same_worker_show_new_one_once()
    {
        _script.Place(1);
        _script.Arrive(1, 5);
        _script.Fail(1, AttemptTrouble.Expired());
        Assert.Empty(_script.State.Excluded);
        _script.Place(1);
        _script.Fail(2, AttemptTrouble.Expired());
        Assert.Single(_script.State.Excluded);
    }

    [Fact]
    public void A_trouble_of_this_node_is_told_and_tried_nowhere_else()
    {
        _script.Place(1, started: false);
        _script.Fail(1, AttemptTrouble.Own(new CocoonException(ErrorCode.ChainUnreachable, "no chain", "look")));
        Assert.Equal(ErrorCode.ChainUnreachable, _script.Last<AnswerEffect.Fail>().Error.Code);
    }

    [Fact]
    public void What_comes_behind_a_stop_string_ends_the_answer_and_the_attempt()
    {
        _script.Place(1);
        _script.Arrive(1, 5);
        _script.Tell(new AnswerEvent.Enough());
        Assert.Equal(new AnswerEffect.Cancel(1, null), _script.Effects[0]);
        Assert.Equal(FinishReason.Stop, _script.Last<AnswerEffect.Finish>().Reason);
    }
}
