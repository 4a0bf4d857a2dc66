using CocoonP2P.Capacity;
using CocoonP2P.Inference;

namespace CocoonP2P.Jobs;

/// <summary>
/// One answer's life over as many workers as it takes, docs/protocol/job.md §5. Before its first token any other worker will
/// do; after it, another goes on from what the user has. Bounded by deadline, budget and workers, not by a count.
/// </summary>
/// <remarks>Pure: no clock, task, session or money. The shell carries the effects out in order.</remarks>
internal static class AnswerMachine
{
    /// <param name="state">How far it is.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="now">The time.</param>
    public static (AnswerState Next, IReadOnlyList<AnswerEffect> Effects) Step(AnswerState state, AnswerEvent happened, DateTimeOffset now)
    {
        AnswerTurn turn = new(state, now);
        if (!state.Over)
        {
            Handle(turn, happened);
            Watch(turn);
        }

        Invariant.Holds(turn.State.Over || turn.State.Placing || !turn.State.Live.IsEmpty, "an answer that is not over has somebody at work");
        Invariant.Holds(turn.State.Delivered >= state.Delivered, "a token that the user has is not taken back");
        return (turn.State, turn.Effects);
    }

    private static void Handle(AnswerTurn turn, AnswerEvent happened)
    {
        switch (happened)
        {
            case AnswerEvent.Wanted:
                turn.Place(waits: true);
                break;
            case AnswerEvent.Placed placed:
                turn.Start(placed);
                break;
            case AnswerEvent.NotPlaced none:
                NotPlaced(turn, none);
                break;
            case AnswerEvent.Started started when turn.Find(started.Attempt) is { Phase: AttemptPhase.Opening } attempt:
                turn.Put(attempt with { Phase = AttemptPhase.Waiting, Since = turn.Now });
                break;
            case AnswerEvent.Arrived arrived when turn.Find(arrived.Attempt) is { } attempt:
                Arrived(turn, attempt, arrived.Chunk);
                break;
            case AnswerEvent.Ended ended when turn.Find(ended.Attempt) is { } attempt:
                turn.Lead(attempt);
                turn.Remove(attempt);
                turn.End(new AnswerEffect.Finish(ended.Reason));
                break;
            case AnswerEvent.Enough:
                turn.End(new AnswerEffect.Finish(FinishReason.Stop));
                break;
            case AnswerEvent.Failed failed when turn.Find(failed.Attempt) is { } attempt:
                Failed(turn, attempt, failed.Failure);
                break;
        }
    }

    private static void NotPlaced(AnswerTurn turn, AnswerEvent.NotPlaced none)
    {
        turn.State = turn.State with { Placing = false };
        if (!turn.State.Live.IsEmpty)
        {
            // There is no second worker; the first is still at it.
            return;
        }

        if (none.Waited)
        {
            turn.End(new AnswerEffect.Fail(AnswerWords.Explain(turn.State, none.Why)));
        }
        else
        {
            turn.Place(waits: true);
        }
    }

    private static void Arrived(AnswerTurn turn, Attempt attempt, JobChunk chunk)
    {
        turn.Lead(attempt);
        turn.Put(attempt with { Phase = AttemptPhase.Streaming, Since = turn.Now });
        turn.State = turn.State with { Delivered = turn.State.Delivered + chunk.TokenIds.Length };
        turn.Emit(new AnswerEffect.Deliver(chunk));
    }

    private static void Failed(AnswerTurn turn, Attempt attempt, AttemptFailure failure)
    {
        turn.Remove(attempt);
        turn.Tried(attempt, failure);
        if (!turn.State.Live.IsEmpty || turn.State.Placing)
        {
            // The other of a hedge goes on, or somebody is being looked for already.
            return;
        }

        if (failure.Next == NextTry.Nowhere)
        {
            turn.End(new AnswerEffect.Fail(AnswerWords.Explain(turn.State, failure.Error)));
        }
        else
        {
            turn.Place(waits: true);
        }
    }

    /// <summary>What the time alone says: too late, silent for too long, slow enough to ask a second one.</summary>
    private static void Watch(AnswerTurn turn)
    {
        if (turn.State.Over)
        {
            return;
        }

        if (turn.Now >= turn.State.Deadline)
        {
            turn.End(new AnswerEffect.Fail(AnswerWords.TooLate(turn.State)));
            return;
        }

        foreach (Attempt silent in turn.State.Live.Where(attempt => turn.Now >= attempt.DeadAt))
        {
            turn.Emit(new AnswerEffect.Cancel(silent.Number, FailureKind.Stalled));
            Failed(turn, silent, AnswerWords.Silent(silent, turn.State.Delivered));
        }

        if (!turn.State.Hedged && turn.State.Leader is null && !turn.State.Placing && turn.State.Live.Any(attempt => turn.Now >= attempt.HedgeAt))
        {
            turn.State = turn.State with { Hedged = true };
            turn.Place(waits: false);
        }
    }
}
