using System.Globalization;
using CocoonP2P.Capacity;

namespace CocoonP2P.Jobs;

/// <summary>What a user hears when there is no answer: one code, what was tried, what to do.</summary>
internal static class AnswerWords
{
    /// <summary>Workers named in a message; the rest are counted.</summary>
    private const int Named = 4;

    /// <param name="state">With everything that was tried.</param>
    /// <param name="last">Why nobody else tries.</param>
    public static CocoonException Explain(AnswerState state, CocoonException last)
    {
        if (state.Tried.IsEmpty)
        {
            return last;
        }

        IReadOnlyList<CocoonException> causes = [.. state.Tried.Select(t => t.Failure.Error), last];
        ErrorCode code = Code(state, causes);
        CocoonException worst = causes.FirstOrDefault(e => e.Code == code) ?? last;
        string lost = state.Delivered > 0 ? $"the answer broke off after {state.Delivered} tokens; " : "";
        string message = $"{lost}{worst.Message}; tried: {List(state)}";
        return worst switch
        {
            InsufficientFundsException funds => new InsufficientFundsException(message, funds.Hint, funds.Needed, funds.Available, funds.Address),
            AttestationRefusedException refused => new AttestationRefusedException(message, refused.Hint, refused.Verdict),
            _ when code == ErrorCode.NoWorker => new NoWorkerException(
                code, message, worst.Hint, [.. state.Tried.Select(t => new RefusedOffer(t.Worker.ToString(), t.Failure.Error.Message))]),
            _ => new CocoonException(code, message, worst.Hint) { RetryAfter = causes.Where(e => e.Code == ErrorCode.Busy).Min(e => e.RetryAfter) },
        };
    }

    public static CocoonException TooLate(AnswerState state) => new(
        ErrorCode.Timeout,
        $"the answer was not whole in time: {state.Delivered} tokens had come{(state.Tried.IsEmpty ? "" : "; tried: " + List(state))}",
        "allow it more time, or ask for fewer tokens");

    /// <summary>The worker went silent.</summary>
    public static AttemptFailure Silent(Attempt attempt, int delivered) => new(
        NextTry.Elsewhere, FailureKind.Stalled,
        new CocoonException(
            ErrorCode.WorkerLost,
            attempt.Phase == AttemptPhase.Streaming ? $"the worker fell silent after {delivered} tokens" : "the worker did not begin",
            "what arrived is paid, and no more; ask again for another worker"));

    /// <summary>This node's own troubles come first, for no other worker cures them; then what all have in common.</summary>
    private static ErrorCode Code(AnswerState state, IReadOnlyList<CocoonException> causes)
    {
        foreach (ErrorCode own in (ReadOnlySpan<ErrorCode>)[ErrorCode.InsufficientFunds, ErrorCode.ChainUnreachable])
        {
            if (causes.Any(e => e.Code == own))
            {
                return own;
            }
        }

        if (state.Delivered > 0)
        {
            return ErrorCode.WorkerLost;
        }

        ErrorCode[] tried = [.. state.Tried.Select(t => t.Failure.Error.Code).Distinct()];
        return tried.Contains(ErrorCode.Busy) || causes[^1].Code == ErrorCode.Busy ? ErrorCode.Busy
            : tried is [ErrorCode only] ? only
            : ErrorCode.NoWorker;
    }

    private static string List(AnswerState state)
    {
        IEnumerable<string> named = state.Tried.TakeLast(Named).Select(t => $"{t.Worker}: {t.Failure.Error.Message}");
        int more = state.Tried.Length - Named;
        return string.Join("; ", named) + (more > 0 ? $"; and {more.ToString(CultureInfo.InvariantCulture)} before" : "");
    }
}
