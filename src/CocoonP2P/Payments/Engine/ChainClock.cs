namespace CocoonP2P.Payments;

/// <summary>Chain time: the newest finalised block's, carried on by what has gone by here since. The local wall clock
/// decides nothing about money.</summary>
internal sealed class ChainClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _block = time.GetUtcNow();
    private long _seen = time.GetTimestamp();

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return _block + time.GetElapsedTime(_seen);
            }
        }
    }

    /// <summary>A block of this time is final.</summary>
    public void Saw(uint blockTime)
    {
        lock (_gate)
        {
            (_block, _seen) = (DateTimeOffset.FromUnixTimeSeconds(blockTime), time.GetTimestamp());
        }
    }
}
