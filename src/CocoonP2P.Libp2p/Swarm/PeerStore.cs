namespace CocoonP2P.Libp2p;

/// <summary>What is known of other peers: addresses with a life span, and what they said of themselves.</summary>
/// <remarks>Bounded: the peer heard of longest ago goes first, unless it is connected.</remarks>
public sealed class PeerStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, Entry> _peers = [];
    private readonly Libp2pLimits _limits;
    private readonly TimeProvider _time;
    private readonly Func<PeerId, bool> _isConnected;

    internal PeerStore(Libp2pLimits limits, TimeProvider time, Func<PeerId, bool> isConnected) =>
        (_limits, _time, _isConnected) = (limits, time, isConnected);

    /// <summary>Remembers addresses of one peer; each ends in <c>/p2p/…</c>, others are ignored.</summary>
    public void Discover(IReadOnlyList<Multiaddress> addresses)
    {
        foreach (Multiaddress address in addresses)
        {
            if (address.PeerId is { } peer)
            {
                Add(peer, [address], confirmed: false);
            }
        }
    }

    /// <summary>The addresses to dial, each with the peer id at its end, proven ones first.</summary>
    public IReadOnlyList<Multiaddress> GetAddresses(PeerId peer)
    {
        lock (_lock)
        {
            if (!_peers.TryGetValue(peer, out Entry? entry))
            {
                return [];
            }

            DateTimeOffset now = _time.GetUtcNow();
            return [.. entry.Addresses
                .Where(a => a.Expires > now || _isConnected(peer))
                .OrderByDescending(a => a.Confirmed)
                .Select(a => a.Address.WithPeerId(peer))];
        }
    }

    /// <summary>The protocols the peer says it speaks; empty until it was identified.</summary>
    public IReadOnlyList<string> GetProtocols(PeerId peer) => GetIdentity(peer)?.Protocols ?? [];

    internal IdentifyMessage? GetIdentity(PeerId peer)
    {
        lock (_lock)
        {
            return _peers.GetValueOrDefault(peer)?.Identity;
        }
    }

    /// <summary>Remembers addresses; confirmed ones have just been connected to.</summary>
    internal void Add(PeerId peer, IEnumerable<Multiaddress> addresses, bool confirmed)
    {
        lock (_lock)
        {
            Entry entry = GetOrAdd_NeedsLock(peer);
            DateTimeOffset expires = _time.GetUtcNow() + _limits.AddressLife;
            foreach (Multiaddress address in addresses)
            {
                Multiaddress bare = address.WithoutPeerId;
                int known = entry.Addresses.FindIndex(a => a.Address.Equals(bare));
                bool proven = confirmed || (known >= 0 && entry.Addresses[known].Confirmed);
                if (known >= 0)
                {
                    entry.Addresses.RemoveAt(known);
                }
                else if (entry.Addresses.Count >= _limits.AddressesPerPeer)
                {
                    entry.Addresses.Remove(entry.Addresses.OrderBy(a => a.Confirmed).ThenBy(a => a.Expires).First());
                }

                entry.Addresses.Add(new KnownAddress(bare, expires, proven));
            }
        }
    }

    /// <summary>Takes over what the peer said; only a greater sequence replaces the addresses of a signed record.</summary>
    internal void Identify(PeerId peer, IdentifyMessage message)
    {
        lock (_lock)
        {
            Entry entry = GetOrAdd_NeedsLock(peer);
            entry.Identity = entry.Identity is { } before ? before.UpdatedBy(message) : message;
            if (message.Record is { } record && record.Sequence > entry.RecordSequence)
            {
                entry.RecordSequence = record.Sequence;
            }
            else if (message.Record is not null)
            {
                return;
            }
        }

        Add(peer, message.Record?.Addresses ?? message.ListenAddresses, confirmed: false);
    }

    private Entry GetOrAdd_NeedsLock(PeerId peer)
    {
        if (!_peers.TryGetValue(peer, out Entry? entry))
        {
            if (_peers.Count >= _limits.StoredPeers)
            {
                PeerId oldest = _peers.Where(p => !_isConnected(p.Key)).OrderBy(p => p.Value.Touched).Select(p => p.Key).FirstOrDefault();
                _peers.Remove(oldest);
            }

            entry = _peers[peer] = new Entry();
        }

        entry.Touched = _time.GetTimestamp();
        return entry;
    }

    private sealed record KnownAddress(Multiaddress Address, DateTimeOffset Expires, bool Confirmed);

    private sealed class Entry
    {
        public List<KnownAddress> Addresses { get; } = [];

        public IdentifyMessage? Identity { get; set; }

        public ulong RecordSequence { get; set; }

        public long Touched { get; set; }
    }
}
