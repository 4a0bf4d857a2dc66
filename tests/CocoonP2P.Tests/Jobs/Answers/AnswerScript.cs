using CocoonP2P.Capacity;
using CocoonP2P.Jobs;
using CocoonP2P.Tests.Capacity;

namespace CocoonP2P.Tests.Jobs.Answers;

/// <summary>Drives an answer's machine by hand: events in, effects out, a clock that only the test moves.</summary>
internal sealed class AnswerScript
{
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    public static readonly TimeSpan Stall = TimeSpan.FromSeconds(3);

    public AnswerState State { get; private set; } = new() { Deadline = Start + Limit };

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>Every effect of the last event.</summary>
    public IReadOnlyList<AnswerEffect> Effects { get; private set; } = [];

    /// <summary>Tokens that the user has, over all.</summary>
    public List<int> Delivered { get; } = [];

    public IReadOnlyList<AnswerEffect> Tell(AnswerEvent happened)
    {
        (State, Effects) = AnswerMachine.Step(State, happened, Now);
        foreach (AnswerEffect.Deliver deliver in Effects.OfType<AnswerEffect.Deliver>())
        {
            Delivered.AddRange(deliver.Chunk.TokenIds);
        }

        return Effects;
    }

    public IReadOnlyList<AnswerEffect> After(TimeSpan time)
    {
        Now += time;
        return Tell(new AnswerEvent.Tick());
    }

    /// <summary>Gives the machine a worker, and lets it take the request.</summary>
    public void Place(byte worker, TimeSpan? hedgeAfter = null, bool started = true)
    {
        Tell(new AnswerEvent.Placed(Choose(worker), Stall, hedgeAfter));
        if (started)
        {
            Tell(new AnswerEvent.Started(State.Attempts));
        }
    }

    public IReadOnlyList<AnswerEffect> Arrive(int attempt, params int[] tokens) => Tell(new AnswerEvent.Arrived(attempt, new JobChunk(new byte[32], 0, tokens)));

    public IReadOnlyList<AnswerEffect> Fail(int attempt, AttemptFailure failure) => Tell(new AnswerEvent.Failed(attempt, failure));

    public T Last<T>()
        where T : AnswerEffect => Assert.IsType<T>(Effects[^1]);

    public static Choice Choose(byte worker)
    {
        CapacityOffer offer = OfferSamples.Of(worker);
        return new Choice(new Candidate(offer, offer.Models[0], 1), TimeSpan.FromSeconds(1), false, 2);
    }
}
