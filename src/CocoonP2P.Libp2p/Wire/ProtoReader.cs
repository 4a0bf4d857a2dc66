namespace CocoonP2P.Libp2p;

/// <summary>
/// Reads protobuf fields one after another from bytes a stranger sent. Allocates nothing, throws nothing: after
/// <see cref="Next"/> returned false, <see cref="Failed"/> tells the end from a fault. Groups are a fault, unknown fields
/// are for the caller to skip.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> data)
{
    private const int VarintType = 0;
    private const int Fixed64Type = 1;
    private const int BytesType = 2;
    private const int Fixed32Type = 5;

    private ReadOnlySpan<byte> _rest = data;
    private int _type = -1;

    public bool Failed { get; private set; }

    public int Field { get; private set; }

    /// <summary>The value, where <see cref="IsNumber"/>.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value, where <see cref="IsBytes"/>.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>All bytes of the field, tag included, as they came.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    public readonly bool IsNumber => _type == VarintType;

    public readonly bool IsBytes => _type == BytesType;

    public bool Next()
    {
        if (Failed || _rest.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> start = _rest;
        Failed = !TryReadTag() || !TryReadValue();
        Raw = start[..(start.Length - _rest.Length)];
        return !Failed;
    }

    private bool TryReadTag()
    {
        if (!TryReadVarint(out ulong tag) || tag >> 3 is 0 or > 536_870_911)
        {
            return false;
        }

        Field = (int)(tag >> 3);
        _type = (int)(tag & 7);
        return true;
    }

    private bool TryReadValue()
    {
        Bytes = default;
        Number = 0;
        switch (_type)
        {
            case VarintType:
                bool read = TryReadVarint(out ulong number);
                Number = number;
                return read;
            case BytesType:
                return TryReadVarint(out ulong length) && length <= (ulong)_rest.Length && Take((int)length);
            case Fixed64Type:
                return _rest.Length >= 8 && Take(8);
            case Fixed32Type:
                return _rest.Length >= 4 && Take(4);
            default:
                return false;
        }
    }

    private bool Take(int length)
    {
        Bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        int used = Varint.Read(_rest, out value);
        if (used <= 0)
        {
            return false;
        }

        _rest = _rest[used..];
        return true;
    }
}
