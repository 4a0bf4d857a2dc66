namespace CocoonP2P.Libp2p;

/// <summary>What waits to go to one neighbour, bounded in bytes. Full, the oldest of the least important makes room.</summary>
/// <remarks>Control and messages to it both count. Control that piles up means that the neighbour reads nothing.</remarks>
internal sealed class OutboundQueue(int maxBytes, int maxControlBytes)
{
    private readonly Lock _lock = new();
    private readonly Queue<byte[]>[] _queues = [new(), new(), new(), new()];
    private readonly AsyncSignal _more = new();
    private int _bytes;
    private int _controlBytes;

    /// <summary>Bytes that wait.</summary>
    public int Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>More control than a neighbour that reads can leave unread.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>False if it was dropped, for lack of anything less important to drop.</summary>
    public bool TryEnqueue(byte[] rpc, GossipPriority priority)
    {
        bool kept;
        lock (_lock)
        {
            if (priority == GossipPriority.Control && _controlBytes + rpc.Length > maxControlBytes)
            {
                IsOverrun = true;
                kept = false;
            }
            else
            {
                kept = TryMakeRoom_NeedsLock(rpc.Length, priority);
            }

            if (kept)
            {
                _queues[(int)priority].Enqueue(rpc);
                _bytes += rpc.Length;
                _controlBytes += priority == GossipPriority.Control ? rpc.Length : 0;
            }
        }

        _more.Set();
        return kept;
    }

    /// <summary>The most important that waits; null if nothing does.</summary>
    public byte[]? TryDequeue()
    {
        lock (_lock)
        {
            for (int i = 0; i < _queues.Length; i++)
            {
                if (_queues[i].TryDequeue(out byte[]? rpc))
                {
                    Count_NeedsLock(rpc, i);
                    return rpc;
                }
            }

            return null;
        }
    }

    /// <summary>Until something may wait. One waiter.</summary>
    public ValueTask WaitAsync() => _more.WaitAsync();

    /// <summary>Wakes the waiter without anything to send.</summary>
    public void Wake() => _more.Set();

    private bool TryMakeRoom_NeedsLock(int length, GossipPriority priority)
    {
        for (int i = _queues.Length - 1; i >= (int)priority && i > 0; i--)
        {
            while (_bytes + length > maxBytes && _queues[i].TryDequeue(out byte[]? dropped))
            {
                Count_NeedsLock(dropped, i);
            }
        }

        return _bytes + length <= maxBytes;
    }

    private void Count_NeedsLock(byte[] taken, int queue)
    {
        _bytes -= taken.Length;
        _controlBytes -= queue == (int)GossipPriority.Control ? taken.Length : 0;
    }
}
