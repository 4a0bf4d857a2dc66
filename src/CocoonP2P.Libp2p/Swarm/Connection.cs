using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>A secured connection in use: its streams, the tasks that serve them, and its end.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "RunAsync is its life, and disposes what it owns at the end.")]
internal sealed class Connection : ISession
{
    private readonly SecuredConnection _secured;
    private readonly HandlerTable _handlers;
    private readonly Libp2pOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly YamuxSession _yamux;
    private readonly TaskGroup _tasks;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abort = new();
    private int _unnegotiated;
    private SessionEnd? _end;

    public Connection(
        SecuredConnection secured, HandlerTable handlers, Libp2pOptions options, TimeProvider time, MemoryBudget memory, ILogger log)
    {
        (_secured, _handlers, _options, _time, _log) = (secured, handlers, options, time, log);
        _tasks = new TaskGroup(e => Log.StreamFailed(log, RemotePeer, e));
        var budget = new MemoryBudget(options.Limits.ReceiveBytesPerConnection, memory);
        _yamux = new YamuxSession(secured.Direction == Direction.Outbound, options.Limits, time, budget, Serve);
        OpenedAt = time.GetTimestamp();
        BusyAt = OpenedAt;
    }

    public PeerId RemotePeer => _secured.RemotePeer;

    public Multiaddress RemoteAddress => _secured.Raw.RemoteAddress;

    public Direction Direction => _secured.Direction;

    public bool IsRelayed => false;

    public ReadOnlyMemory<byte> ChannelBinding => _secured.ChannelBinding;

    /// <summary>A timestamp of the time provider, as are all here.</summary>
    public long OpenedAt { get; }

    /// <summary>When it last was seen with a stream.</summary>
    public long BusyAt { get; private set; }

    public IReadOnlyList<MuxedStream> Streams => _yamux.Streams;

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Ended => _tasks.Stopping;

    /// <summary>Runs until the connection ends, and leaves nothing behind.</summary>
    public async Task<SessionEnd> RunAsync(CancellationToken ct)
    {
        Exception reason;
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _abort.Token))
        {
            reason = await _yamux.RunAsync(_secured.Channel, either.Token);
        }

        _secured.Dispose();
        await _tasks.DisposeAsync();
        _yamux.Memory.Detach();
        _abort.Dispose();
        SessionEnd end = _end ?? ToEnd(reason, ct.IsCancellationRequested);
        _ended.SetResult();
        return end;
    }

    public async Task<IByteStream> OpenStreamAsync(IReadOnlyList<string> protocols, CancellationToken ct = default)
    {
        int limit = _handlers.Find(protocols[0])?.Limits.Outbound ?? _options.Limits.OutboundStreams;
        int open = Streams.Count(s => s.IsOutbound && protocols.Contains(s.Protocol));
        if (open >= limit)
        {
            throw new LimitExceededException($"outbound streams of {protocols[0]}", limit, open, nameof(Libp2pLimits.OutboundStreams));
        }

        MuxedStream stream = _yamux.OpenStream();
        try
        {
            stream.Protocol = await Deadline.RunAsync(
                _time, _options.Limits.StreamNegotiation, "stream negotiation", c => Multistream.SelectAsync(stream, protocols, c), ct);
            return stream;
        }
        catch
        {
            stream.Reset();
            throw;
        }
    }

    public async Task<TResponse> DialAsync<TProtocol, TRequest, TResponse>(TRequest request, CancellationToken ct = default)
        where TProtocol : ISessionProtocol<TRequest, TResponse>
    {
        TProtocol protocol = _options.Protocols.OfType<TProtocol>().FirstOrDefault()
            ?? throw new InvalidOperationException("the protocol is not among Libp2pOptions.Protocols");
        await using IByteStream stream = await OpenStreamAsync([protocol.Id], ct);
        try
        {
            return await protocol.DialAsync(stream, this, request, ct);
        }
        catch
        {
            stream.Reset();
            throw;
        }
    }

    public Task DisconnectAsync() => DisconnectAsync(new SessionEnd("closed-here", "closed by this side"));

    /// <summary>Says goodbye for this reason; a remote that does not take it within the grace is cut off.</summary>
    public async Task DisconnectAsync(SessionEnd end)
    {
        _end ??= end;
        _yamux.GoAway();
        try
        {
            await _ended.Task.WaitAsync(_options.Limits.GracefulClose, _time);
        }
        catch (TimeoutException)
        {
            Abort(end);
            await _ended.Task;
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort(SessionEnd end)
    {
        _end ??= end;
        try
        {
            _abort.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>Runs work that belongs to this connection and ends with it.</summary>
    public bool TryRun(Func<CancellationToken, Task> work) => _tasks.TryRun(work);

    /// <summary>Once a second: lets go of abandoned streams, keeps the connection alive, and notices when it is dead.</summary>
    public void Tick()
    {
        Libp2pLimits limits = _options.Limits;
        _yamux.SweepAbandoned();
        if (Streams.Count > 0)
        {
            BusyAt = _time.GetTimestamp();
        }

        TimeSpan silence = _time.GetElapsedTime(_yamux.LastReceived);
        if (silence >= limits.KeepAlive + limits.KeepAliveTimeout)
        {
            Abort(new SessionEnd("keep-alive", $"nothing heard for {silence.TotalSeconds:0} s"));
        }
        else if (silence >= limits.KeepAlive)
        {
            _yamux.SendPing();
        }
    }

    private static SessionEnd ToEnd(Exception reason, bool stopping) => reason switch
    {
        _ when stopping => new SessionEnd("closed-here", "this peer is shutting down"),
        Libp2pException e => new SessionEnd(e.Code, e.Message),
        _ => new SessionEnd("transport", reason.Message),
    };

    /// <summary>Called by the reader: nothing here may wait.</summary>
    private void Serve(MuxedStream stream)
    {
        if (Interlocked.Increment(ref _unnegotiated) > _options.Limits.UnnegotiatedStreams || !_tasks.TryRun(ct => ServeAsync(stream, ct)))
        {
            Interlocked.Decrement(ref _unnegotiated);
            stream.Reset();
        }
    }

    private async Task ServeAsync(MuxedStream stream, CancellationToken ct)
    {
        try
        {
            HandlerTable.Entry handler = await AnswerAsync(stream, ct);
            await handler.Handler(this, stream, ct);
            await stream.DisposeAsync();
        }
        catch
        {
            stream.Reset();
            throw;
        }
    }

    private async Task<HandlerTable.Entry> AnswerAsync(MuxedStream stream, CancellationToken ct)
    {
        HandlerTable.Entry? handler = null;
        try
        {
            stream.Protocol = await Deadline.RunAsync(
                _time,
                _options.Limits.StreamNegotiation,
                "stream negotiation",
                c => Multistream.AnswerAsync(stream, p => (handler = _handlers.Find(p)) is not null, c),
                ct);
        }
        finally
        {
            Interlocked.Decrement(ref _unnegotiated);
        }

        int limit = handler!.Limits.Inbound ?? _options.Limits.InboundStreamsPerProtocol;
        int open = Streams.Count(s => !s.IsOutbound && s.AbandonedAt is null && s.Protocol == stream.Protocol);
        return open <= limit
            ? handler
            : throw new LimitExceededException($"inbound streams of {stream.Protocol}", limit, open, nameof(Libp2pLimits.InboundStreamsPerProtocol));
    }
}
