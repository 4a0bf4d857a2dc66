using CocoonP2P.Capacity;
using CocoonP2P.Inference;

namespace CocoonP2P.Jobs;

/// <summary>What an answer in the making wants done, in order.</summary>
internal abstract record AnswerEffect
{
    private AnswerEffect()
    {
    }

    /// <summary>Ask the market for a worker that is none of <see cref="AnswerState.Excluded"/>.</summary>
    /// <param name="Waits">Whether to wait for a slot where all are taken.</param>
    public sealed record Place(bool Waits) : AnswerEffect;

    /// <summary>Run the job at this worker, from what has been delivered so far.</summary>
    public sealed record Start(int Attempt, Choice Choice) : AnswerEffect;

    /// <summary>End an attempt; what arrived from it is paid.</summary>
    /// <param name="Attempt">Which.</param>
    /// <param name="Blame">What the market learns of the worker; null for nothing.</param>
    public sealed record Cancel(int Attempt, FailureKind? Blame) : AnswerEffect;

    /// <summary>The user's answer comes from this attempt now.</summary>
    public sealed record Lead(int Attempt) : AnswerEffect;

    /// <summary>Give these tokens to the user.</summary>
    public sealed record Deliver(JobChunk Chunk) : AnswerEffect;

    /// <summary>The answer is whole.</summary>
    public sealed record Finish(FinishReason Reason) : AnswerEffect;

    /// <summary>There will be no answer.</summary>
    public sealed record Fail(CocoonException Error) : AnswerEffect;
}
