using System.Buffers;

namespace CocoonP2P.Libp2p;

/// <summary>
/// Many streams over one connection. <see cref="Receive"/> is the machine: bytes in, frames into <see cref="Outbox"/>, never
/// waiting. <see cref="RunAsync"/> is the shell around it: one reader and one flusher.
/// </summary>
/// <remarks>Specification yamux/README.md. The dialler's streams are odd, the listener's even.</remarks>
internal sealed class YamuxSession
{
    private const int ReadBuffer = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<uint, MuxedStream> _streams = [];
    private readonly Action<MuxedStream> _onInbound;
    private readonly bool _dialler;
    private readonly YamuxReceiver _receiver;
    private Exception? _closed;
    private uint _nextId;
    private int _inbound;

    public YamuxSession(bool dialler, Libp2pLimits limits, TimeProvider time, MemoryBudget memory, Action<MuxedStream> onInbound)
    {
        (_dialler, Limits, Time, Memory, _onInbound) = (dialler, limits, time, memory, onInbound);
        _nextId = dialler ? 1u : 2u;
        Outbox = new YamuxOutbox(limits.UnsentBytes, limits.UnsentBytes * 2);
        _receiver = new YamuxReceiver(this);
        LastReceived = time.GetTimestamp();
    }

    public Libp2pLimits Limits { get; }

    public TimeProvider Time { get; }

    public MemoryBudget Memory { get; }

    public YamuxOutbox Outbox { get; }

    /// <summary>When the last bytes came, as a timestamp of <see cref="Time"/>.</summary>
    public long LastReceived { get; private set; }

    /// <summary>The streams that exist now.</summary>
    public IReadOnlyList<MuxedStream> Streams
    {
        get
        {
            lock (_lock)
            {
                return [.. _streams.Values];
            }
        }
    }

    /// <summary>A new stream; its SYN goes out with its first frame.</summary>
    /// <exception cref="LimitExceededException">Too many opens that the remote has not answered.</exception>
    public MuxedStream OpenStream()
    {
        lock (_lock)
        {
            if (_closed is not null)
            {
                throw Libp2pException.Closed(_closed.Message);
            }

            int waiting = _streams.Values.Count(s => s.IsUnacknowledged);
            if (waiting >= Limits.UnacknowledgedStreams)
            {
                throw new LimitExceededException("unacknowledged streams", Limits.UnacknowledgedStreams, waiting, nameof(Limits.UnacknowledgedStreams));
            }

            var stream = new MuxedStream(this, _nextId, outbound: true);
            _streams.Add(_nextId, stream);
            _nextId += 2;
            return stream;
        }
    }

    /// <summary>Takes bytes as they come from the connection, cut anywhere.</summary>
    /// <exception cref="Libp2pException">The remote broke the protocol.</exception>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        LastReceived = Time.GetTimestamp();
        _receiver.Receive(bytes);
    }

    public void SendPing() => Outbox.Append(new YamuxFrame(YamuxType.Ping, YamuxFlags.Syn, 0, 0));

    /// <summary>Reads and sends until the connection ends, and returns why it did. Nothing runs after it has returned.</summary>
    public async Task<Exception> RunAsync(IByteChannel channel, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<Exception> flushing = FlushAsync(channel, stop.Token);
        Task<Exception> reading = ReadLoopAsync(channel, stop.Token);
        Exception reason = await await Task.WhenAny(reading, flushing, Outbox.Overrun);
        Close(reason);
        await stop.CancelAsync();
        await Task.WhenAll(reading, flushing);
        return reason;
    }

    /// <summary>Says goodbye; the flusher ends when that is sent, and with it <see cref="RunAsync"/>.</summary>
    public void GoAway()
    {
        Outbox.Append(new YamuxFrame(YamuxType.GoAway, YamuxFlags.None, 0, 0));
        Outbox.Finish();
    }

    /// <summary>Resets streams whose owner let go of them more than a grace ago.</summary>
    public void SweepAbandoned()
    {
        foreach (MuxedStream stream in Streams)
        {
            if (stream.AbandonedAt is { } at && Time.GetElapsedTime(at) >= Limits.GracefulClose)
            {
                stream.Reset();
            }
        }
    }

    internal MuxedStream? Find(uint id)
    {
        lock (_lock)
        {
            return _streams.GetValueOrDefault(id);
        }
    }

    /// <summary>Registers a stream the remote opens; null where it has too many, which resets it.</summary>
    /// <exception cref="Libp2pException">The id is not the remote's to use, or in use.</exception>
    internal MuxedStream? Accept(uint id)
    {
        MuxedStream? stream = null;
        lock (_lock)
        {
            bool remoteIsOdd = !_dialler;
            if (id == 0 || (id % 2 == 1) != remoteIsOdd || _streams.ContainsKey(id))
            {
                throw Libp2pException.Violation("yamux-stream-id", $"stream {id} cannot be opened");
            }

            if (_closed is null && _inbound < Limits.InboundStreams)
            {
                _inbound++;
                stream = new MuxedStream(this, id, outbound: false);
                _streams.Add(id, stream);
            }
        }

        YamuxFlags answer = stream is null ? YamuxFlags.Rst : YamuxFlags.Ack;
        Outbox.Append(new YamuxFrame(YamuxType.WindowUpdate, answer, id, 0));
        return stream;
    }

    internal void Announce(MuxedStream stream) => _onInbound(stream);

    internal void Forget(MuxedStream stream)
    {
        lock (_lock)
        {
            if (_streams.Remove(stream.Id) && !stream.IsOutbound)
            {
                _inbound--;
            }
        }
    }

    private void Close(Exception reason)
    {
        lock (_lock)
        {
            _closed ??= reason;
        }

        foreach (MuxedStream stream in Streams)
        {
            stream.Fail(Libp2pException.Closed(reason.Message));
            Forget(stream);
        }

        Outbox.Close(Libp2pException.Closed(reason.Message));
    }

    private async Task<Exception> FlushAsync(IByteChannel channel, CancellationToken ct)
    {
        try
        {
            await Outbox.FlushAsync(channel, ct);
            return new Libp2pException("closed-here", Consequence.None, "closed by this side");
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private async Task<Exception> ReadLoopAsync(IByteChannel channel, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                // Nothing is rented while nothing arrives.
                await channel.ReadAsync(Memory<byte>.Empty, ct);
                byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadBuffer);
                try
                {
                    int read = await channel.ReadAsync(buffer, ct);
                    if (read == 0)
                    {
                        return new Libp2pException("closed-there", Consequence.RetryLater, "closed by the remote");
                    }

                    Receive(buffer.AsSpan(0, read));
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
