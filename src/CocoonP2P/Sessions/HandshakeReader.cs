using System.Buffers.Binary;

namespace CocoonP2P.Sessions;

/// <summary>Reads the big-endian fields of the handshake; after a read past the end every value is empty and <see cref="Ok"/> is false.</summary>
internal ref struct HandshakeReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public bool Ok { get; private set; } = true;

    public readonly int Remaining => _rest.Length;

    /// <summary>Whether all was read, and nothing is left.</summary>
    public readonly bool AtEnd => Ok && _rest.IsEmpty;

    public ReadOnlySpan<byte> Raw(int length)
    {
        if (!Ok || length < 0 || length > _rest.Length)
        {
            Ok = false;
            _rest = default;
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    public byte U8() => Raw(1) is [byte value] ? value : (byte)0;

    public ushort U16() => Raw(2) is { Length: 2 } span ? BinaryPrimitives.ReadUInt16BigEndian(span) : (ushort)0;

    public uint U32() => Raw(4) is { Length: 4 } span ? BinaryPrimitives.ReadUInt32BigEndian(span) : 0;

    public ulong U64() => Raw(8) is { Length: 8 } span ? BinaryPrimitives.ReadUInt64BigEndian(span) : 0;

    /// <summary>A u32 length, at most <paramref name="limit"/>, and the bytes.</summary>
    public ReadOnlySpan<byte> Blob(int limit)
    {
        uint length = U32();
        if (length > limit)
        {
            Ok = false;
        }

        return Ok ? Raw((int)length) : default;
    }

    /// <summary>A u8 count, at most <paramref name="limit"/>, and that many u16.</summary>
    public ushort[] List(int limit)
    {
        int count = U8();
        if (count > limit)
        {
            Ok = false;
        }

        if (!Ok)
        {
            return [];
        }

        ushort[] values = new ushort[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = U16();
        }

        return values;
    }
}
