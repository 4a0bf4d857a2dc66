namespace CocoonP2P.Ton;

/// <summary>Spreads requests: each takes the next free place in time, and a pause saves up to <c>burst</c> places. Time is
/// an argument, so that the same calls give the same waits.</summary>
internal sealed class TokenBucket(double perSecond, int burst)
{
    private readonly TimeSpan interval = TimeSpan.FromSeconds(1 / perSecond);
    private readonly Lock gate = new();
    private TimeSpan next = TimeSpan.MinValue;

    /// <summary>Takes a place and tells how long to wait for it; <paramref name="now"/> counts from any fixed moment.</summary>
    public TimeSpan Take(TimeSpan now)
    {
        lock (gate)
        {
            TimeSpan earliest = now - (interval * (burst - 1));
            next = next < earliest ? earliest : next;
            TimeSpan wait = next - now;
            next += interval;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }
}
