using System.Buffers;

namespace CocoonP2P.Libp2p;

/// <summary>
/// What waits to be sent on one connection. Writers append under a short lock; one flusher swaps the buffer and sends it, so
/// no lock is held while sending. Writers of data wait above the limit, control frames never do.
/// </summary>
internal sealed class YamuxOutbox(int waitAbove, int closeAbove)
{
    private const int FirstBuffer = 4096;

    private readonly Lock _lock = new();
    private readonly AsyncSignal _more = new();
    private readonly TaskCompletionSource<Exception> _overrun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _buffer;
    private int _length;
    private TaskCompletionSource? _room;
    private Exception? _closed;
    private bool _finishing;

    /// <summary>Completes when control frames pile up because the remote reads nothing: the connection must end.</summary>
    public Task<Exception> Overrun => _overrun.Task;

    /// <summary>Appends a frame; it is lost where the connection is gone.</summary>
    public void Append(YamuxFrame frame) => TryAppend(frame, default);

    /// <summary>Appends a frame and its bytes. False where there is no room for bytes: wait for <see cref="RoomAsync"/>.</summary>
    public bool TryAppend(YamuxFrame frame, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            if (_closed is not null || _finishing)
            {
                return payload.IsEmpty;
            }

            if (!payload.IsEmpty && _length > waitAbove)
            {
                return false;
            }

            int need = _length + YamuxFrame.Size + payload.Length;
            if (need > closeAbove)
            {
                _closed = new LimitExceededException("unsent bytes", closeAbove, need, nameof(Libp2pLimits.UnsentBytes));
                _overrun.SetResult(_closed);
                return payload.IsEmpty;
            }

            Grow(need);
            frame.Write(_buffer.AsSpan(_length));
            payload.CopyTo(_buffer.AsSpan(_length + YamuxFrame.Size));
            _length = need;
        }

        _more.Set();
        return true;
    }

    /// <summary>Completes at once below the limit, else when the flusher has taken what is there.</summary>
    public Task RoomAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            if (_closed is not null)
            {
                return Task.FromException(_closed);
            }

            if (_finishing)
            {
                return Task.FromException(Libp2pException.Closed("closing"));
            }

            if (_length <= waitAbove)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(ct);
        }
    }

    /// <summary>Sends until <see cref="Close"/>, or until all is sent after <see cref="Finish"/>.</summary>
    public async Task FlushAsync(IByteChannel channel, CancellationToken ct)
    {
        while (true)
        {
            await _more.WaitAsync();
            while (TryTake(out byte[]? buffer, out int length))
            {
                try
                {
                    await channel.WriteAsync(buffer.AsMemory(0, length), ct);
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer!);
                }
            }

            lock (_lock)
            {
                if (_closed is not null || (_finishing && _length == 0))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Takes no more; what is there is still sent.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            _finishing = true;
        }

        _more.Set();
    }

    /// <summary>Throws away what is there and fails whoever waits.</summary>
    public void Close(Exception reason)
    {
        lock (_lock)
        {
            _closed ??= reason;
            _room?.TrySetException(_closed);
            _room = null;
            if (_buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            (_buffer, _length) = (null, 0);
        }

        _more.Set();
    }

    private bool TryTake(out byte[]? buffer, out int length)
    {
        lock (_lock)
        {
            (buffer, length) = (_buffer, _length);
            (_buffer, _length) = (null, 0);
            _room?.TrySetResult();
            _room = null;
        }

        return buffer is not null;
    }

    private void Grow(int need)
    {
        if (_buffer is not null && need <= _buffer.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(need, Math.Max(FirstBuffer, 2 * _length)));
        if (_buffer is not null)
        {
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
