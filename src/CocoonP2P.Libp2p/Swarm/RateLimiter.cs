namespace CocoonP2P.Libp2p;

/// <summary>So many events in a period, counted in fixed windows. Not thread-safe: its owner is one loop or holds a lock.</summary>
internal sealed class RateLimiter(int limit, TimeSpan period, TimeProvider time)
{
    private long _windowStart = time.GetTimestamp();
    private int _count;

    public bool TryTake()
    {
        if (time.GetElapsedTime(_windowStart) >= period)
        {
            _windowStart = time.GetTimestamp();
            _count = 0;
        }

        if (_count == limit)
        {
            return false;
        }

        _count++;
        return true;
    }
}
