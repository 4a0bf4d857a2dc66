using CocoonP2P.Capacity;

namespace CocoonP2P.Jobs;

/// <summary>One step of an <see cref="AnswerMachine"/>: the state as it becomes, and what is to be done.</summary>
internal sealed class AnswerTurn(AnswerState state, DateTimeOffset now)
{
    /// <summary>Failures remembered for the words at the end: a worker that is only busy may come up again and again.</summary>
    private const int TriedKept = 32;

    private readonly List<AnswerEffect> _effects = [];

    public AnswerState State { get; set; } = state;

    public DateTimeOffset Now => now;

    public IReadOnlyList<AnswerEffect> Effects => _effects;

    public void Emit(AnswerEffect effect) => _effects.Add(effect);

    public Attempt? Find(int number) => State.Live.FirstOrDefault(attempt => attempt.Number == number);

    public void Put(Attempt changed) => State = State with
    {
        Live = [.. State.Live.Select(attempt => attempt.Number == changed.Number ? changed : attempt)],
    };

    public void Place(bool waits)
    {
        State = State with { Placing = true };
        Emit(new AnswerEffect.Place(waits));
    }

    public void Start(AnswerEvent.Placed placed)
    {
        int number = State.Attempts + 1;
        Attempt attempt = new(number, placed.Choice, placed.StallBound, placed.HedgeAfter, AttemptPhase.Opening, now);
        State = State with { Placing = false, Attempts = number, Live = State.Live.Add(attempt) };
        Emit(new AnswerEffect.Start(number, placed.Choice));
    }

    /// <summary>The first to deliver wins; the others are paid what arrived from them, which is one chunk at most.</summary>
    public void Lead(Attempt attempt)
    {
        if (State.Leader == attempt.Number)
        {
            return;
        }

        foreach (Attempt loser in State.Live.Where(other => other.Number != attempt.Number))
        {
            Emit(new AnswerEffect.Cancel(loser.Number, null));
        }

        State = State with { Leader = attempt.Number, Live = [attempt] };
        Emit(new AnswerEffect.Lead(attempt.Number));
    }

    public void Remove(Attempt gone) => State = State with
    {
        Live = State.Live.RemoveAll(attempt => attempt.Number == gone.Number),
        Leader = State.Leader == gone.Number ? null : State.Leader,
    };

    /// <summary>A worker that may try again does so once without having got further: then it is left.</summary>
    public void Tried(Attempt attempt, AttemptFailure failure)
    {
        bool again = failure.Next == NextTry.Anywhere
            && (failure.Blame == FailureKind.Busy || State.Tried.All(before => before.Worker != attempt.Worker));
        State = State with
        {
            Tried = [.. State.Tried.TakeLast(TriedKept - 1), new TriedWorker(attempt.Worker, failure)],
            Excluded = again ? State.Excluded : State.Excluded.Add(attempt.Worker),
        };
    }

    /// <summary>Nothing more happens after this.</summary>
    public void End(AnswerEffect last)
    {
        foreach (Attempt attempt in State.Live)
        {
            Emit(new AnswerEffect.Cancel(attempt.Number, null));
        }

        State = State with { Over = true, Live = [] };
        Emit(last);
    }
}
