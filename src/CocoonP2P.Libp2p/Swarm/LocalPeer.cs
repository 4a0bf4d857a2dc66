using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>Puts the parts together: listeners and dialler make connections, which serve the handlers.</summary>
internal sealed class LocalPeer : ILocalPeer
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly Libp2pOptions _options;
    private readonly IReadOnlyList<ITransport> _transports;
    private readonly ILogger _log;
    private readonly HandlerTable _handlers = new();
    private readonly ConnectionManager _connections;
    private readonly MemoryBudget _memory;
    private readonly Upgrader _upgrader;
    private readonly InboundAdmission _admission;
    private readonly Dialer _dialer;
    private readonly Identify _identify;
    private readonly TaskGroup _tasks;
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];
    private int _disposed;

    public LocalPeer(
        Identity identity, Libp2pOptions options, IReadOnlyList<ITransport> transports, TimeProvider time, ILoggerFactory loggers)
    {
        (Identity, _options, _transports, Time) = (identity, options, transports, time);
        _log = loggers.CreateLogger("CocoonP2P.Libp2p");
        _connections = new ConnectionManager(identity.PeerId, options.Limits, time);
        _memory = new MemoryBudget(options.Limits.ReceiveBytes);
        _upgrader = new Upgrader(identity, options, time);
        _admission = new InboundAdmission(options.Limits, time);
        _dialer = new Dialer(transports, _upgrader, options, time, Adopt);
        _tasks = new TaskGroup(e => Log.TaskFailed(_log, e));
        PeerStore = new PeerStore(options.Limits, time, p => _connections.Best(p) is not null);
        _identify = new Identify(this, _handlers, options, _log);
        Handle(Ping.ProtocolId, Ping.ServeAsync, new StreamLimits(Inbound: 2, Outbound: 1));
        Handle(Identify.ProtocolId, _identify.ServeAsync, new StreamLimits(Inbound: 2, Outbound: 2));
        Handle(Identify.PushProtocolId, _identify.ServePushAsync, new StreamLimits(Inbound: 2, Outbound: 2));
        foreach (ISessionProtocol protocol in options.Protocols)
        {
            Handle(protocol.Id, (session, stream, ct) => protocol.ListenAsync(stream, session, ct));
        }

        _tasks.TryRun(TickAsync);
        _tasks.TryRun(_identify.PushChangesAsync);
    }

    public event Action<ISession>? OnConnected;

    public event Action<ISession, SessionEnd>? OnDisconnected;

    public Identity Identity { get; }

    public TimeProvider Time { get; }

    public PeerStore PeerStore { get; }

    public IReadOnlyList<ISession> Sessions => _connections.All;

    public IReadOnlyList<Multiaddress> ListenAddresses
    {
        get
        {
            lock (_lock)
            {
                return [.. _listeners.Select(l => l.Address)];
            }
        }
    }

    public async Task StartListenAsync(IReadOnlyList<Multiaddress>? addresses = null, CancellationToken ct = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        foreach (Multiaddress address in addresses ?? _options.ListenAddresses)
        {
            ITransport transport = _transports.FirstOrDefault(t => t.CanUse(address))
                ?? throw new Libp2pException("no-transport", Consequence.None, $"no transport for {address}");
            ITransportListener door = await transport.ListenAsync(address, ct);
            var listener = new Listener(door, _admission, _upgrader, _options.Limits, Time, _tasks, _log, s => Adopt(s));
            lock (_lock)
            {
                _listeners.Add(listener);
            }

            if (!_tasks.TryRun(listener.AcceptAsync))
            {
                listener.Dispose();
            }

            Log.Listening(_log, listener.Address);
        }

        _identify.Changed();
    }

    public Task<ISession> DialAsync(Multiaddress address, CancellationToken ct = default) => DialAsync([address], ct);

    public async Task<ISession> DialAsync(IReadOnlyList<Multiaddress> addresses, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(addresses.Count);
        if (addresses[0].PeerId is not { } peer)
        {
            return _options.AnyPeer
                ? await _dialer.DialAnyAsync(addresses[0], ct)
                : throw new ArgumentException($"{addresses[0]} names no peer, and Libp2pOptions.AnyPeer is off", nameof(addresses));
        }

        if (addresses.Any(a => a.PeerId != peer))
        {
            throw new ArgumentException("the addresses name different peers", nameof(addresses));
        }

        return await DialAsync(peer, addresses, ct);
    }

    public Task<ISession> DialAsync(PeerId peer, CancellationToken ct = default) => DialAsync(peer, PeerStore.GetAddresses(peer), ct);

    public IDisposable Handle(string protocol, StreamHandler handler, StreamLimits? limits = null) => _handlers.Add(protocol, handler, limits);

    public IDisposable Protect(PeerId peer) => _connections.Protect(peer);

    public ISession? FindSession(PeerId peer) => _connections.Best(peer);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        lock (_lock)
        {
            _listeners.ForEach(l => l.Dispose());
        }

        await _dialer.DisposeAsync();
        await Task.WhenAll(_connections.All.Select(c => c.DisconnectAsync()));
        await _tasks.DisposeAsync();
    }

    private async Task<ISession> DialAsync(PeerId peer, IReadOnlyList<Multiaddress> addresses, CancellationToken ct)
    {
        if (peer == Identity.PeerId)
        {
            throw new ArgumentException("a peer does not dial itself", nameof(peer));
        }

        return _connections.Best(peer) is { } open ? open : await _dialer.DialAsync(peer, addresses, ct);
    }

    /// <summary>Makes a secured connection visible and runs it. From here on it is this peer's to end.</summary>
    private Connection Adopt(SecuredConnection secured)
    {
        var connection = new Connection(secured, _handlers, _options, Time, _memory, _log);
        try
        {
            if (connection.RemotePeer == Identity.PeerId)
            {
                throw new Libp2pException("self-dial", Consequence.None, "this peer reached itself");
            }

            _connections.Add(connection);
        }
        catch
        {
            secured.Dispose();
            throw;
        }

        if (secured.Direction == Direction.Outbound)
        {
            PeerStore.Add(connection.RemotePeer, [connection.RemoteAddress], confirmed: true);
        }

        Log.Connected(_log, connection.Direction, connection.RemotePeer, connection.RemoteAddress);
        Raise(() => OnConnected?.Invoke(connection));
        if (!_tasks.TryRun(ct => RunAsync(connection, ct)))
        {
            _connections.Remove(connection);
            secured.Dispose();
            throw Libp2pException.Closed("this peer is shutting down");
        }

        return connection;
    }

    private async Task RunAsync(Connection connection, CancellationToken ct)
    {
        connection.TryRun(c => _identify.AskAsync(connection, c));
        SessionEnd end = await connection.RunAsync(ct);
        _connections.Remove(connection);
        Log.Disconnected(_log, connection.RemotePeer, end.Code, end.Detail);
        Raise(() => OnDisconnected?.Invoke(connection, end));
    }

    private async Task TickAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TickPeriod, Time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            foreach (Connection connection in _connections.All)
            {
                connection.Tick();
            }

            foreach ((Connection connection, SessionEnd reason) in _connections.Surplus())
            {
                _tasks.TryRun(_ => connection.DisconnectAsync(reason));
            }
        }
    }

    private void Raise(Action handlers)
    {
        try
        {
            handlers();
        }
        catch (Exception e)
        {
            Log.HandlerThrew(_log, e);
        }
    }
}
