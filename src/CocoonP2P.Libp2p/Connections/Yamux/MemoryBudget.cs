namespace CocoonP2P.Libp2p;

/// <summary>Bytes that may be held for remote peers; one for the process, one inside it for each connection.</summary>
internal sealed class MemoryBudget(long limit, MemoryBudget? outer = null)
{
    private readonly Lock _lock = new();
    private MemoryBudget? _outer = outer;

    public long Used { get; private set; }

    /// <summary>False, with nothing taken, where this or an outer budget is spent.</summary>
    public bool TryReserve(long bytes)
    {
        lock (_lock)
        {
            if (Used + bytes > limit || _outer?.TryReserve(bytes) == false)
            {
                return false;
            }

            Used += bytes;
            return true;
        }
    }

    public void Release(long bytes)
    {
        lock (_lock)
        {
            Used -= bytes;
            _outer?.Release(bytes);
        }
    }

    /// <summary>The connection is gone: what nobody will read any more no longer counts outside.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            _outer?.Release(Used);
            _outer = null;
        }
    }
}
