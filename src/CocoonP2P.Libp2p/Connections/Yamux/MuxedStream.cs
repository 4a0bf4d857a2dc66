using System.IO.Pipelines;

namespace CocoonP2P.Libp2p;

/// <summary>One stream of a yamux connection: its two windows, and how far each side has closed it.</summary>
internal sealed class MuxedStream(YamuxSession session, uint id, bool outbound) : IByteChannel, IByteStream
{
    /// <summary>Both sides grant this much before the first update; specification yamux/README.md, "Flow Control".</summary>
    public const int InitialWindow = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly ReceiveQueue _received = new();
    private long _credit = InitialWindow;
    private long _granted = InitialWindow;
    private long _window = InitialWindow;
    private long _consumed;
    private long _lastUpdate;
    private bool _synSent = !outbound;
    private bool _acknowledged = !outbound;
    private bool _writeClosed;
    private bool _remoteEnded;
    private Exception? _failure;
    private TaskCompletionSource? _creditWaiter;

    public uint Id => id;

    public bool IsOutbound => outbound;

    /// <summary>Agreed after the stream was opened.</summary>
    public string Protocol { get; set; } = "";

    /// <summary>When its owner let go of it; the session resets it if the remote does not end in time.</summary>
    public long? AbandonedAt { get; private set; }

    /// <summary>An open that the remote has not answered yet.</summary>
    public bool IsUnacknowledged => !_acknowledged;

    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken ct = default)
    {
        int read = await _received.ReadAsync(into, ct);
        if (read > 0)
        {
            session.Memory.Release(read);
            GrantMore(read);
        }

        return read;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken ct = default)
    {
        while (data.Length > 0)
        {
            // Room first: credit that is taken must be used.
            await session.Outbox.RoomAsync(ct);
            int length = await TakeCreditAsync(data.Length, ct);
            if (TrySend(YamuxType.Data, YamuxFlags.None, (uint)length, data.Span[..length]))
            {
                data = data[length..];
            }
            else
            {
                TryAddCredit((uint)length);
            }
        }
    }

    public ValueTask CloseWriteAsync(CancellationToken ct = default)
    {
        EndWrite();
        return ValueTask.CompletedTask;
    }

    public void Reset()
    {
        Fail(Libp2pException.StreamReset());
        session.Forget(this);
        session.Outbox.Append(new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Rst, id, 0));
    }

    /// <summary>Closes writing, and stops caring for what the remote still sends.</summary>
    public ValueTask DisposeAsync()
    {
        EndWrite();
        session.Memory.Release(_received.Discard());
        AbandonedAt ??= session.Time.GetTimestamp();
        return ValueTask.CompletedTask;
    }

    public Stream AsStream() => new ByteStreamAdapter(this);

    public IDuplexPipe AsDuplexPipe() => new ByteStreamPipe(AsStream());

    /// <summary>False where the remote sends more than it was granted.</summary>
    internal bool TryUseWindow(uint bytes)
    {
        lock (_lock)
        {
            _granted -= bytes;
            return _granted >= 0;
        }
    }

    internal void Receive(ReadOnlySpan<byte> data)
    {
        if (!session.Memory.TryReserve(data.Length))
        {
            Reset();
            return;
        }

        int kept = _received.Append(data);
        session.Memory.Release(data.Length - kept);
    }

    /// <summary>False where the sum is no window any more.</summary>
    internal bool TryAddCredit(uint bytes)
    {
        lock (_lock)
        {
            _credit += bytes;
            _creditWaiter?.TrySetResult();
            _creditWaiter = null;
            return _credit <= uint.MaxValue;
        }
    }

    internal void Acknowledge() => _acknowledged = true;

    internal void EndRemote()
    {
        _acknowledged = true;
        _received.End();
        bool done;
        lock (_lock)
        {
            _remoteEnded = true;
            done = _writeClosed;
        }

        if (done)
        {
            session.Forget(this);
        }
    }

    internal void Fail(Exception failure)
    {
        session.Memory.Release(_received.Fail(failure));
        lock (_lock)
        {
            _failure ??= failure;
            _creditWaiter?.TrySetResult();
            _creditWaiter = null;
        }
    }

    private void EndWrite()
    {
        bool done;
        lock (_lock)
        {
            if (_writeClosed || _failure is not null)
            {
                return;
            }

            _writeClosed = true;
            done = _remoteEnded;
        }

        TrySend(YamuxType.WindowUpdate, YamuxFlags.Fin, 0, default);
        if (done)
        {
            session.Forget(this);
        }
    }

    private async ValueTask<int> TakeCreditAsync(int wanted, CancellationToken ct)
    {
        while (true)
        {
            Task wait;
            lock (_lock)
            {
                if (_failure is not null)
                {
                    throw new Libp2pException("stream-reset", Consequence.ResetStream, _failure.Message, _failure);
                }

                if (_writeClosed)
                {
                    throw new InvalidOperationException("writing was closed");
                }

                if (_credit > 0)
                {
                    int taken = (int)Math.Min(Math.Min(_credit, session.Limits.DataFrameBytes), wanted);
                    _credit -= taken;
                    return taken;
                }

                _creditWaiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = _creditWaiter.Task;
            }

            await wait.WaitAsync(ct);
        }
    }

    /// <summary>The window doubles while the reader keeps up and memory allows; an update goes out at half of it.</summary>
    private void GrantMore(int read)
    {
        long delta;
        lock (_lock)
        {
            _consumed += read;
            if (_remoteEnded || _consumed < _window / 2)
            {
                return;
            }

            bool fast = _lastUpdate != 0 && session.Time.GetElapsedTime(_lastUpdate) < TimeSpan.FromMilliseconds(200);
            long grow = fast && _window * 2 <= session.Limits.LargestWindow ? _window : 0;
            _lastUpdate = session.Time.GetTimestamp();
            delta = _consumed + grow;
            _window += grow;
            _granted += delta;
            _consumed = 0;
        }

        TrySend(YamuxType.WindowUpdate, YamuxFlags.None, (uint)delta, default);
    }

    /// <summary>The first frame carries the SYN, whichever it is.</summary>
    private bool TrySend(YamuxType type, YamuxFlags flags, uint length, ReadOnlySpan<byte> payload)
    {
        YamuxFlags syn = _synSent ? YamuxFlags.None : YamuxFlags.Syn;
        bool sent = session.Outbox.TryAppend(new YamuxFrame(type, flags | syn, id, length), payload);
        _synSent |= sent;
        return sent;
    }
}
