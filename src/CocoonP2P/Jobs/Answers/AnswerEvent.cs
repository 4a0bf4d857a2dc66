using CocoonP2P.Capacity;
using CocoonP2P.Inference;

namespace CocoonP2P.Jobs;

/// <summary>What happens to an answer in the making.</summary>
internal abstract record AnswerEvent
{
    private AnswerEvent()
    {
    }

    /// <summary>The user wants it.</summary>
    public sealed record Wanted : AnswerEvent;

    /// <summary>The market gave a worker.</summary>
    /// <param name="Choice">Which.</param>
    /// <param name="StallBound">How long its stream may be silent.</param>
    /// <param name="HedgeAfter">When a second worker should be asked; null for never.</param>
    public sealed record Placed(Choice Choice, TimeSpan StallBound, TimeSpan? HedgeAfter) : AnswerEvent;

    /// <summary>The market has nobody.</summary>
    /// <param name="Why">What stands against all of them.</param>
    /// <param name="Waited">Whether a slot was waited for.</param>
    public sealed record NotPlaced(CocoonException Why, bool Waited) : AnswerEvent;

    /// <summary>The job's price is locked and its request sent.</summary>
    public sealed record Started(int Attempt) : AnswerEvent;

    /// <summary>Tokens came, checked and paid for.</summary>
    public sealed record Arrived(int Attempt, JobChunk Chunk) : AnswerEvent;

    /// <summary>A worker ended the answer.</summary>
    public sealed record Ended(int Attempt, FinishReason Reason) : AnswerEvent;

    /// <summary>The user has all of it already: a stop string was met, and the worker sends more.</summary>
    public sealed record Enough : AnswerEvent;

    /// <summary>An attempt came to nothing.</summary>
    public sealed record Failed(int Attempt, AttemptFailure Failure) : AnswerEvent;

    /// <summary>Time went by.</summary>
    public sealed record Tick : AnswerEvent;
}
