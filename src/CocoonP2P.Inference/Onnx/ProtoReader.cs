using System.Text;

namespace CocoonP2P.Inference.Onnx;

/// <summary>Walks one protobuf message without copying it. Every length is checked against what is left.</summary>
/// <remarks>Throws <see cref="InferenceException"/> with ModelInvalid, and nothing else, on any bytes.</remarks>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    /// <summary>Longest name, domain or attribute text.</summary>
    public const int MaxText = 512;

    private ReadOnlySpan<byte> _rest = message;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Moves to the next field; false at the end.</summary>
    public bool Next(out int field, out ProtoWire wire)
    {
        (field, wire) = (0, ProtoWire.Varint);
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong tag = Varint();
        Require(tag is >= 8 and <= uint.MaxValue, "a field number is out of range");
        (field, wire) = ((int)(tag >> 3), (ProtoWire)(tag & 7));
        Require(wire is ProtoWire.Varint or ProtoWire.Fixed64 or ProtoWire.Bytes or ProtoWire.Fixed32, "a wire type is unknown");
        return true;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            Require(!_rest.IsEmpty, "it ends inside a number");
            byte b = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                // The tenth byte holds one bit.
                Require(shift < 63 || b <= 1, "a number has more than 64 bits");
                return value;
            }
        }

        throw Invalid("a number has more than ten bytes");
    }

    public long Int64(ProtoWire wire)
    {
        Require(wire == ProtoWire.Varint, "a number has the wrong wire type");
        return unchecked((long)Varint());
    }

    public ReadOnlySpan<byte> Bytes(ProtoWire wire)
    {
        Require(wire == ProtoWire.Bytes, "a message or text has the wrong wire type");
        ulong length = Varint();
        Require(length <= (ulong)_rest.Length, "a length runs past the end");
        ReadOnlySpan<byte> bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    public string Text(ProtoWire wire)
    {
        ReadOnlySpan<byte> bytes = Bytes(wire);
        Require(bytes.Length <= MaxText, "a text is too long");
        Require(Ascii.IsValid(bytes) && !bytes.ContainsAnyInRange((byte)0, (byte)31), "a text is not printable ASCII");
        return Encoding.ASCII.GetString(bytes);
    }

    public void Skip(ProtoWire wire)
    {
        switch (wire)
        {
            case ProtoWire.Varint:
                Varint();
                break;
            case ProtoWire.Bytes:
                Bytes(wire);
                break;
            default:
                int length = wire == ProtoWire.Fixed64 ? 8 : 4;
                Require(_rest.Length >= length, "it ends inside a number");
                _rest = _rest[length..];
                break;
        }
    }

    public static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw Invalid(problem);
        }
    }

    public static InferenceException Invalid(string problem) =>
        new(InferenceErrorCode.ModelInvalid, $"The graph is refused: {problem}.");
}

/// <summary>Protobuf wire types; the two of groups are not among them.</summary>
internal enum ProtoWire
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
