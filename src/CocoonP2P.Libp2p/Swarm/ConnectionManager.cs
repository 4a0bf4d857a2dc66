namespace CocoonP2P.Libp2p;

/// <summary>The open connections: how many there may be, which one serves a peer, and which ones have to go.</summary>
internal sealed class ConnectionManager(PeerId self, Libp2pLimits limits, TimeProvider time)
{
    private static readonly SessionEnd Idle = new("idle", "no stream was open for too long");
    private static readonly SessionEnd Duplicate = new("duplicate", "another connection with this peer serves");
    private static readonly SessionEnd Trimmed = new("trimmed", "too many connections");

    private readonly Lock _lock = new();
    private readonly List<Connection> _all = [];
    private readonly Dictionary<PeerId, int> _protected = [];

    public IReadOnlyList<Connection> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Counts a connection in.</summary>
    /// <exception cref="LimitExceededException">There is no room for it.</exception>
    public void Add(Connection connection)
    {
        lock (_lock)
        {
            Check("connections", limits.Connections, _all.Count, nameof(limits.Connections));
            Check("connections of one peer", limits.ConnectionsPerPeer, _all.Count(c => c.RemotePeer == connection.RemotePeer), nameof(limits.ConnectionsPerPeer));
            if (connection.Direction == Direction.Inbound)
            {
                Check("inbound connections", limits.InboundConnections, _all.Count(c => c.Direction == Direction.Inbound), nameof(limits.InboundConnections));
            }

            if (AddressGroup.Host(connection.RemoteAddress) is { } host)
            {
                int same = _all.Count(c => AddressGroup.Host(c.RemoteAddress) == host);
                Check("connections of one address", limits.ConnectionsPerAddress, same, nameof(limits.ConnectionsPerAddress));
                string subnet = AddressGroup.Subnet(connection.RemoteAddress)!;
                same = _all.Count(c => AddressGroup.Subnet(c.RemoteAddress) == subnet);
                Check("connections of one subnet", limits.ConnectionsPerSubnet, same, nameof(limits.ConnectionsPerSubnet));
            }

            _all.Add(connection);
        }
    }

    public void Remove(Connection connection)
    {
        lock (_lock)
        {
            _all.Remove(connection);
        }
    }

    /// <summary>The connection new streams use: of two, the one that the peer with the smaller id dialled.</summary>
    public Connection? Best(PeerId peer)
    {
        Direction winner = self < peer ? Direction.Outbound : Direction.Inbound;
        lock (_lock)
        {
            return _all.Where(c => c.RemotePeer == peer).OrderBy(c => c.Direction != winner).FirstOrDefault();
        }
    }

    public IDisposable Protect(PeerId peer)
    {
        lock (_lock)
        {
            _protected[peer] = _protected.GetValueOrDefault(peer) + 1;
        }

        return new Protection(this, peer);
    }

    /// <summary>The connections that should close now, each with its reason.</summary>
    public IReadOnlyList<(Connection Connection, SessionEnd Reason)> Surplus()
    {
        lock (_lock)
        {
            var surplus = new List<(Connection, SessionEnd)>();
            foreach (Connection connection in _all)
            {
                if (IsDuplicate_NeedsLock(connection))
                {
                    surplus.Add((connection, Duplicate));
                }
                else if (!_protected.ContainsKey(connection.RemotePeer) && connection.Streams.Count == 0
                    && time.GetElapsedTime(connection.BusyAt) >= limits.IdleConnection)
                {
                    surplus.Add((connection, Idle));
                }
            }

            if (_all.Count - surplus.Count > limits.TrimAbove)
            {
                int excess = _all.Count - surplus.Count - limits.TrimTo;
                surplus.AddRange(Trimmable_NeedsLock().Except(surplus.Select(s => s.Item1)).Take(excess).Select(c => (c, Trimmed)));
            }

            return surplus;
        }
    }

    /// <summary>Idle before busy, inbound before outbound, oldest use first; never protected ones, never new ones.</summary>
    private IEnumerable<Connection> Trimmable_NeedsLock() =>
        _all.Where(c => !_protected.ContainsKey(c.RemotePeer) && time.GetElapsedTime(c.OpenedAt) >= limits.Grace)
            .OrderBy(c => c.Streams.Count > 0)
            .ThenBy(c => c.Direction == Direction.Outbound)
            .ThenBy(c => c.BusyAt);

    /// <summary>The loser of a simultaneous dial, once nothing but housekeeping uses it.</summary>
    private bool IsDuplicate_NeedsLock(Connection connection)
    {
        Direction winner = self < connection.RemotePeer ? Direction.Outbound : Direction.Inbound;
        return connection.Direction != winner
            && time.GetElapsedTime(connection.OpenedAt) >= limits.DuplicateGrace
            && _all.Exists(c => c.RemotePeer == connection.RemotePeer && c.Direction == winner && time.GetElapsedTime(c.OpenedAt) >= limits.DuplicateGrace)
            && connection.Streams.All(s => IsHousekeeping(s.Protocol));
    }

    private static bool IsHousekeeping(string protocol) =>
        protocol is Ping.ProtocolId or Identify.ProtocolId or Identify.PushProtocolId
        || protocol.StartsWith("/meshsub/", StringComparison.Ordinal);

    private static void Check(string scope, int limit, int current, string setting)
    {
        if (current >= limit)
        {
            throw new LimitExceededException(scope, limit, current, setting);
        }
    }

    private sealed class Protection(ConnectionManager owner, PeerId peer) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 1)
            {
                return;
            }

            lock (owner._lock)
            {
                if (--owner._protected[peer] == 0)
                {
                    owner._protected.Remove(peer);
                }
            }
        }
    }
}
