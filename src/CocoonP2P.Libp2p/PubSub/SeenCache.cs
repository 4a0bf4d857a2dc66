namespace CocoonP2P.Libp2p;

/// <summary>The messages seen lately. Full, it forgets the oldest.</summary>
internal sealed class SeenCache(TimeSpan life, int capacity)
{
    private readonly HashSet<MessageId> _ids = [];
    private readonly Queue<(MessageId Id, TimeSpan Expires)> _order = new();

    public int Count => _ids.Count;

    public bool Contains(MessageId id) => _ids.Contains(id);

    /// <summary>False if it was there already.</summary>
    public bool Add(MessageId id, TimeSpan now)
    {
        if (!_ids.Add(id))
        {
            return false;
        }

        if (_ids.Count > capacity)
        {
            _ids.Remove(_order.Dequeue().Id);
        }

        _order.Enqueue((id, now + life));
        return true;
    }

    public void Expire(TimeSpan now)
    {
        while (_order.TryPeek(out (MessageId Id, TimeSpan Expires) oldest) && oldest.Expires <= now)
        {
            _ids.Remove(_order.Dequeue().Id);
        }
    }
}
