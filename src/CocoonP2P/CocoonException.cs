namespace CocoonP2P;

/// <summary>
/// Why something could not be done, with its cure. The code is stable and the same in JSON, HTTP and here. Three codes have
/// a type that says more: <see cref="NoWorkerException"/>, <see cref="AttestationRefusedException"/> and
/// <see cref="InsufficientFundsException"/>. What a single peer did wrong never surfaces as itself.
/// </summary>
/// <param name="code">What callers branch on.</param>
/// <param name="message">What happened, for a person.</param>
/// <param name="hint">What a person can do about it.</param>
public class CocoonException(ErrorCode code, string message, string hint) : Exception(message)
{
    /// <summary>What callers branch on.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>What a person can do about it.</summary>
    public string Hint { get; } = hint;

    /// <summary>When the same request may succeed, as honestly as this node can tell.</summary>
    /// <value>null: it cannot tell.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsTransient => Code is ErrorCode.Busy or ErrorCode.NoWorker or ErrorCode.Timeout or ErrorCode.ChainUnreachable or ErrorCode.WorkerLost;
}
