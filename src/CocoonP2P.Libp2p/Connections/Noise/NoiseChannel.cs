using System.Buffers;
using System.Buffers.Binary;

namespace CocoonP2P.Libp2p;

/// <summary>The secured connection: frames of at most 65,535 bytes, each sealed. One reader and one writer at a time.</summary>
/// <remarks>Specification noise/README.md, "Wire Format". Buffers are rented while bytes flow and given back when none do.</remarks>
internal sealed class NoiseChannel(IRawConnection raw, NoiseCipher send, NoiseCipher receive) : IByteChannel, IDisposable
{
    public const string ProtocolId = "/noise";
    public const int MaxFrame = ushort.MaxValue;
    public const int MaxPlain = MaxFrame - NoiseCipher.TagBytes;

    private const int Prefix = 2;
    private const int FramesASend = 4;

    private byte[]? _input;
    private int _start;
    private int _end;
    private ReadOnlyMemory<byte> _opened;

    /// <summary>Sends the length as unsigned 16 bits before each handshake message.</summary>
    public static async Task WriteMessageAsync(IByteChannel channel, byte[] message, CancellationToken ct)
    {
        byte[] framed = new byte[Prefix + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, Prefix);
        await channel.WriteAsync(framed, ct);
    }

    public static async Task<byte[]> ReadMessageAsync(IByteChannel channel, int limit, CancellationToken ct)
    {
        byte[] prefix = new byte[Prefix];
        await channel.ReadExactlyAsync(prefix, ct);
        int length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
        if (length > limit)
        {
            throw Libp2pException.Violation("too-long", $"a handshake message of {length} bytes, limit {limit}");
        }

        byte[] message = new byte[length];
        await channel.ReadExactlyAsync(message, ct);
        return message;
    }

    public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken ct)
    {
        while (_opened.IsEmpty)
        {
            ReadOnlyMemory<byte> frame = await NextFrameAsync(ct);
            if (frame.IsEmpty)
            {
                return 0;
            }

            if (into.IsEmpty)
            {
                return 0;
            }

            int plain = frame.Length - NoiseCipher.TagBytes;
            Memory<byte> output = plain <= into.Length ? into[..plain] : _input.AsMemory(_start + Prefix, plain);
            if (!receive.TryOpen(frame.Span, output.Span, default))
            {
                throw Libp2pException.Violation("noise-frame", "a frame is not genuine");
            }

            _start += Prefix + frame.Length;
            if (plain <= into.Length)
            {
                // An empty frame is legal, and is not the end.
                if (plain > 0)
                {
                    return plain;
                }
            }
            else
            {
                _opened = output;
            }
        }

        int length = Math.Min(into.Length, _opened.Length);
        _opened[..length].CopyTo(into);
        _opened = _opened[length..];
        return length;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        int frames = Math.Min(FramesASend, ((data.Length - 1) / MaxPlain) + 1);
        byte[] output = ArrayPool<byte>.Shared.Rent(Math.Min(data.Length, frames * MaxPlain) + (frames * (Prefix + NoiseCipher.TagBytes)));
        try
        {
            while (data.Length > 0)
            {
                int length = 0;
                for (int i = 0; i < FramesASend && data.Length > 0; i++)
                {
                    int plain = Math.Min(data.Length, MaxPlain);
                    BinaryPrimitives.WriteUInt16BigEndian(output.AsSpan(length), (ushort)(plain + NoiseCipher.TagBytes));
                    send.Seal(data.Span[..plain], output.AsSpan(length + Prefix, plain + NoiseCipher.TagBytes), default);
                    length += Prefix + plain + NoiseCipher.TagBytes;
                    data = data[plain..];
                }

                await raw.WriteAsync(output.AsMemory(0, length), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    /// <summary>Aborts the connection. The keys go with the last reader and writer, see <see cref="Forget"/>.</summary>
    public void Dispose() => raw.Dispose();

    /// <summary>Zeroes the keys; only once nobody reads or writes any more.</summary>
    public void Forget()
    {
        send.Dispose();
        receive.Dispose();
        ReturnInput();
    }

    /// <summary>The next sealed frame, in the input buffer; empty at a clean end.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> NextFrameAsync(CancellationToken ct)
    {
        while (true)
        {
            int have = _end - _start;
            if (have >= Prefix)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(_input.AsSpan(_start));
                if (length < NoiseCipher.TagBytes)
                {
                    throw Libp2pException.Violation("noise-frame", $"a frame of {length} bytes");
                }

                if (have >= Prefix + length)
                {
                    return _input.AsMemory(_start + Prefix, length);
                }
            }

            if (!await FillAsync(ct))
            {
                return have == 0 ? default : throw Libp2pException.Truncated();
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_start == _end)
        {
            ReturnInput();
            await raw.ReadAsync(Memory<byte>.Empty, ct);
        }

        _input ??= ArrayPool<byte>.Shared.Rent(2 * (Prefix + MaxFrame));
        if (_input.Length - _end < Prefix + MaxFrame)
        {
            _input.AsSpan(_start, _end - _start).CopyTo(_input);
            (_start, _end) = (0, _end - _start);
        }

        int read = await raw.ReadAsync(_input.AsMemory(_end), ct);
        _end += read;
        return read > 0;
    }

    private void ReturnInput()
    {
        if (_input is not null)
        {
            ArrayPool<byte>.Shared.Return(_input);
        }

        (_input, _start, _end) = (null, 0, 0);
    }
}
