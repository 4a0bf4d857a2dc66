namespace CocoonP2P.Libp2p;

/// <summary>The messages of the last heartbeats, for those who ask. Full, it lets the oldest go.</summary>
internal sealed class MessageCache(int windows, int gossiped, long maxBytes)
{
    /// <summary>A peer that asks for one message over and over gets it this often.</summary>
    private const int MaxRetransmissions = 3;

    private readonly Dictionary<MessageId, Entry> _messages = [];
    private readonly LinkedList<List<MessageId>> _windows = new([[]]);
    private readonly Queue<MessageId> _order = new();

    public long Bytes { get; private set; }

    public int Count => _messages.Count;

    public void Put(MessageId id, GossipMessage message)
    {
        if (!_messages.TryAdd(id, new Entry(message)))
        {
            return;
        }

        Bytes += message.Raw.Length;
        _windows.First!.Value.Add(id);
        _order.Enqueue(id);
        while (Bytes > maxBytes && _order.TryDequeue(out MessageId oldest))
        {
            Remove(oldest);
        }
    }

    /// <summary>The message, unless this peer has had it often enough.</summary>
    public GossipMessage? Retransmit(MessageId id, PeerId to)
    {
        if (!_messages.TryGetValue(id, out Entry? entry))
        {
            return null;
        }

        int count = entry.Sent.GetValueOrDefault(to);
        entry.Sent[to] = count + 1;
        return count < MaxRetransmissions ? entry.Message : null;
    }

    /// <summary>The ids of a topic worth gossiping about.</summary>
    public List<byte[]> RecentIds(string topic) =>
        [.. _windows.Take(gossiped).SelectMany(w => w).Where(_messages.ContainsKey).Select(id => _messages[id].Message).Where(m => m.Topic == topic).Select(m => m.Id)];

    /// <summary>A heartbeat has passed.</summary>
    public void Shift()
    {
        _windows.AddFirst([]);
        if (_windows.Count > windows)
        {
            _windows.Last!.Value.ForEach(Remove);
            _windows.RemoveLast();
        }

        while (_order.TryPeek(out MessageId oldest) && !_messages.ContainsKey(oldest))
        {
            _order.Dequeue();
        }
    }

    private void Remove(MessageId id)
    {
        if (_messages.Remove(id, out Entry? entry))
        {
            Bytes -= entry.Message.Raw.Length;
        }
    }

    private sealed record Entry(GossipMessage Message)
    {
        public Dictionary<PeerId, int> Sent { get; } = [];
    }
}
