using System.Buffers;
using System.Text;

namespace CocoonP2P.Libp2p;

/// <summary>Writes protobuf fields in the order of the calls, which is ascending, so that equal messages have equal bytes.</summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public int Length => _buffer.WrittenCount;

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public ProtoWriter Number(int field, ulong value)
    {
        Varint(((ulong)field << 3) | 0);
        Varint(value);
        return this;
    }

    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _buffer.Write(value);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Fields that are written already, as they are.</summary>
    public ProtoWriter Raw(ReadOnlySpan<byte> fields)
    {
        _buffer.Write(fields);
        return this;
    }

    private void Varint(ulong value) => _buffer.Advance(Libp2p.Varint.Write(_buffer.GetSpan(10), value));
}
