using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CocoonP2P.Protocol;

/// <summary>
/// The bytes that a key signs, docs/protocol/wire.md §3: a label, then big-endian fields in fixed order, each variable one
/// with its length. One value has one encoding, which MessagePack does not promise.
/// </summary>
internal sealed class SigningBytes
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    /// <summary>Begins with the label of one kind of statement, so that no signature counts for another.</summary>
    public SigningBytes(string label)
    {
        Raw(Encoding.ASCII.GetBytes(label));
        U8(0);
    }

    public SigningBytes U8(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
        return this;
    }

    public SigningBytes U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    public SigningBytes U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    /// <summary>Bytes whose length the layout fixes.</summary>
    public SigningBytes Raw(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    /// <summary>A u32 length and the bytes.</summary>
    public SigningBytes Bytes(ReadOnlySpan<byte> bytes) => U32((uint)bytes.Length).Raw(bytes);

    /// <summary>A u32 length and UTF-8.</summary>
    public SigningBytes Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Unix milliseconds.</summary>
    public SigningBytes Time(DateTimeOffset time) => U64((ulong)time.ToUnixTimeMilliseconds());

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
