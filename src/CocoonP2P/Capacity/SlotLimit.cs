namespace CocoonP2P.Capacity;

/// <summary>
/// How many of this client's jobs a worker really takes at once, where that is fewer than it says: set by its refusals,
/// raised again with time, since the slots may have been another client's for a while.
/// </summary>
internal sealed class SlotLimit
{
    /// <summary>One slot more is tried after so long: a liar costs one refusal in it, a worker that was crowded is back soon.</summary>
    private static readonly TimeSpan Raise = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private int _limit = int.MaxValue;
    private DateTimeOffset _at;
    private int _refusals;

    /// <summary>Until then it takes nothing.</summary>
    public DateTimeOffset Until { get; private set; }

    public int Read(DateTimeOffset now) =>
        _limit == int.MaxValue ? _limit : (int)Math.Min(int.MaxValue, _limit + (long)Math.Max(0, (now - _at) / Raise));

    /// <summary>It refused although <paramref name="running"/> other jobs of this client were all that it had from here.</summary>
    /// <param name="running">Jobs that it runs.</param>
    /// <param name="retryAfter">Its own estimate.</param>
    /// <param name="now">The time.</param>
    public void Refused(int running, TimeSpan retryAfter, DateTimeOffset now)
    {
        // Its own word counts up to half a minute; one that says "at once" again and again is asked less and less.
        _refusals = Math.Min(_refusals, 10) + 1;
        TimeSpan patience = TimeSpan.FromMilliseconds(125 << _refusals);
        TimeSpan wait = retryAfter > patience ? retryAfter : patience;
        (_limit, _at, Until) = (Math.Max(1, running), now, now + (wait < LongestWait ? wait : LongestWait));
    }

    /// <summary>It took a job and ended it well.</summary>
    public void Served() => _refusals = 0;
}
