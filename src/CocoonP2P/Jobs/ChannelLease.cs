using CocoonP2P.Payments;

namespace CocoonP2P.Jobs;

/// <summary>Room for one job's lock in a channel. Dispose it when the job has ended.</summary>
internal sealed class ChannelLease(ChannelEngine channel, Action release) : IDisposable
{
    private int _released;

    public ChannelEngine Channel => channel;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
