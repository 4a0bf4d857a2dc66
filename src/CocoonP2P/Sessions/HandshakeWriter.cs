using System.Buffers;
using System.Buffers.Binary;

namespace CocoonP2P.Sessions;

/// <summary>Writes the big-endian fields of the handshake.</summary>
internal sealed class HandshakeWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public HandshakeWriter U8(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
        return this;
    }

    public HandshakeWriter U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.GetSpan(2), value);
        _buffer.Advance(2);
        return this;
    }

    public HandshakeWriter U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    public HandshakeWriter U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    public HandshakeWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        return this;
    }

    /// <summary>A u32 length and the bytes.</summary>
    public HandshakeWriter Blob(ReadOnlySpan<byte> bytes) => U32((uint)bytes.Length).Raw(bytes);

    /// <summary>A u8 count and that many u16.</summary>
    public HandshakeWriter List(ReadOnlySpan<ushort> values)
    {
        U8((byte)values.Length);
        foreach (ushort value in values)
        {
            U16(value);
        }

        return this;
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
