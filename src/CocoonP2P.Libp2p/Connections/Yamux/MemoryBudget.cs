namespace CocoonP2P.Libp2p;

/// <summary>Bytes that may be held for remote peers; one for the process, one inside it for each connection.</summary>
internal sealed class MemoryBudget(long limit, MemoryBudget? outer = null)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>False, with nothing taken, where this or an outer budget is spent.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit && (outer is null || outer.TryReserve(bytes)))
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    public void Release(long bytes)
    {
        Interlocked.Add(ref _used, -bytes);
        outer?.Release(bytes);
    }
}
