namespace CocoonP2P.Capacity;

/// <summary>How long a worker that fails is left alone: doubled with each failure in a row, ended by a success.</summary>
internal sealed class Backoff
{
    /// <summary>A worker that failed once may have been unlucky.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>A healed worker must be found within five minutes: this leaves four for the proofs that it is well.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>No accident: garbage and false counts keep a worker away for this long, at once.</summary>
    private static readonly TimeSpan Misdeed = TimeSpan.FromMinutes(10);

    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    public DateTimeOffset Until { get; private set; }

    public FailureKind Last { get; private set; }

    public void Fail(FailureKind kind, DateTimeOffset now)
    {
        Failures = Math.Min(Failures, 1_000) + 1;
        TimeSpan wait = kind is FailureKind.Garbage or FailureKind.OverCounted
            ? Misdeed
            : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(Failures - 1, 10)));
        (Last, Until) = (kind, now + wait);
    }

    public void Succeed() => (Failures, Until) = (0, default);

    public void Restore(int failures, FailureKind last, DateTimeOffset until) => (Failures, Last, Until) = (failures, last, until);
}
