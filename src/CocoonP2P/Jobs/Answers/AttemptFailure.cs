using CocoonP2P.Capacity;

namespace CocoonP2P.Jobs;

/// <summary>How an attempt at a worker ended without an answer.</summary>
/// <param name="Next">Who may try after it.</param>
/// <param name="Blame">What the market learns of the worker; null where it was no fault of the worker's.</param>
/// <param name="Error">What the user hears where nobody else can help.</param>
internal sealed record AttemptFailure(NextTry Next, FailureKind? Blame, CocoonException Error);

/// <summary>Who may try after a failure.</summary>
internal enum NextTry
{
    /// <summary>Any worker but this one.</summary>
    Elsewhere,

    /// <summary>Any worker, this one too.</summary>
    Anywhere,

    /// <summary>Nobody: the trouble is this node's own.</summary>
    Nowhere,
}

/// <summary>A failure travels inside an attempt as this; the attempt's end catches it.</summary>
internal sealed class AttemptFailedException(AttemptFailure failure) : Exception(failure.Error.Message, failure.Error)
{
    public AttemptFailure Failure { get; } = failure;
}
