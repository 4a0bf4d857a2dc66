using System.Buffers;

namespace CocoonP2P.Libp2p;

/// <summary>
/// Bytes that arrived on a stream and that nobody has read yet, in rented pieces. Its owner bounds it by the window it grants.
/// One reader at a time.
/// </summary>
internal sealed class ReceiveQueue
{
    private const int MinPiece = 4096;

    private readonly Lock _lock = new();
    private readonly Queue<Piece> _pieces = new();
    private Piece? _last;
    private TaskCompletionSource? _waiter;
    private Exception? _failure;
    private bool _ended;
    private bool _discarding;

    /// <summary>Bytes that wait to be read.</summary>
    public long Length { get; private set; }

    /// <summary>Takes the bytes, and returns how many it kept: none once the reader has lost interest.</summary>
    public int Append(ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            if (_discarding || _failure is not null || _ended)
            {
                return 0;
            }

            Length += data.Length;
            int kept = data.Length;
            while (data.Length > 0)
            {
                if (_last is null || _last.Free == 0)
                {
                    _last = new Piece(ArrayPool<byte>.Shared.Rent(Math.Max(MinPiece, data.Length)));
                    _pieces.Enqueue(_last);
                }

                data = data[_last.Append(data)..];
            }

            Wake();
            return kept;
        }
    }

    /// <summary>No more will come; what is there can still be read.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            Wake();
        }
    }

    /// <summary>Reads fail from now on, and what is there is thrown away. Returns how many bytes that was.</summary>
    public long Fail(Exception failure)
    {
        lock (_lock)
        {
            _failure ??= failure;
            Wake();
            return Drop();
        }
    }

    /// <summary>The reader is gone: what is there and what still comes is thrown away. Returns how many bytes that was.</summary>
    public long Discard()
    {
        lock (_lock)
        {
            _discarding = true;
            return Drop();
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken ct)
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

                if (Length > 0)
                {
                    return Take(into.Span);
                }

                if (_ended || _discarding)
                {
                    return 0;
                }

                _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = _waiter.Task;
            }

            await wait.WaitAsync(ct);
        }
    }

    private int Take(Span<byte> into)
    {
        int taken = 0;
        while (taken < into.Length && _pieces.TryPeek(out Piece? piece))
        {
            taken += piece.Take(into[taken..]);
            if (piece.IsDrained)
            {
                ArrayPool<byte>.Shared.Return(_pieces.Dequeue().Buffer);
                _last = _pieces.Count == 0 ? null : _last;
            }
        }

        Length -= taken;
        return taken;
    }

    private long Drop()
    {
        long dropped = Length;
        while (_pieces.TryDequeue(out Piece? piece))
        {
            ArrayPool<byte>.Shared.Return(piece.Buffer);
        }

        (_last, Length) = (null, 0);
        return dropped;
    }

    private void Wake()
    {
        _waiter?.TrySetResult();
        _waiter = null;
    }

    private sealed class Piece(byte[] buffer)
    {
        private int _start;
        private int _end;

        public byte[] Buffer => buffer;

        public int Free => buffer.Length - _end;

        public bool IsDrained => _start == _end;

        public int Append(ReadOnlySpan<byte> data)
        {
            int length = Math.Min(data.Length, Free);
            data[..length].CopyTo(buffer.AsSpan(_end));
            _end += length;
            return length;
        }

        public int Take(Span<byte> into)
        {
            int length = Math.Min(into.Length, _end - _start);
            buffer.AsSpan(_start, length).CopyTo(into);
            _start += length;
            return length;
        }
    }
}
