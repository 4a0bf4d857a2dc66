using System.Globalization;
using static CocoonP2P.Inference.Onnx.ProtoReader;

namespace CocoonP2P.Inference.Onnx;

/// <summary>Reads initialisers, and the graph's inputs and outputs.</summary>
internal static class TensorReader
{
    private const int MaxDims = 8;

    public static TensorFacts Read(ReadOnlySpan<byte> bytes)
    {
        ProtoReader tensor = new(bytes);
        FieldSet seen = default;
        string name = "";
        int type = 0;
        long inline = -1;
        bool outside = false;
        List<long> dims = [];
        Dictionary<string, string> entries = new(StringComparer.Ordinal);
        while (tensor.Next(out int field, out ProtoWire wire))
        {
            switch (field)
            {
                case 1:
                    ReadDims(ref tensor, wire, dims);
                    break;
                case 2:
                    seen.Once(field);
                    type = (int)Math.Clamp(tensor.Int64(wire), -1, 1000);
                    break;
                case 8:
                    seen.Once(field);
                    name = tensor.Text(wire);
                    break;
                case 9:
                    seen.Once(field);
                    inline = tensor.Bytes(wire).Length;
                    break;
                case 13:
                    ReadEntry(tensor.Bytes(wire), entries);
                    break;
                case 14:
                    seen.Once(field);
                    outside = tensor.Int64(wire) == 1;
                    break;
                case 12:
                    tensor.Skip(wire);
                    break;
                default:
                    // Typed data among these: numbers belong into raw_data, where their bytes can be counted.
                    throw Invalid($"tensor field {field} is not allowed");
            }
        }

        Require(outside ? inline < 0 : inline >= 0 && entries.Count == 0, "an initialiser is neither inside nor outside");
        return new TensorFacts(name, type, dims, inline, outside ? Range(entries) : null);
    }

    public static ValueFacts ReadValue(ReadOnlySpan<byte> bytes)
    {
        ProtoReader value = new(bytes);
        FieldSet seen = default;
        string name = "";
        ReadOnlySpan<byte> type = default;
        while (value.Next(out int field, out ProtoWire wire))
        {
            switch (field)
            {
                case 1:
                    seen.Once(field);
                    name = value.Text(wire);
                    break;
                case 2:
                    seen.Once(field);
                    type = value.Bytes(wire);
                    break;
                case 3:
                    value.Skip(wire);
                    break;
                default:
                    throw Invalid($"value field {field} is not allowed");
            }
        }

        List<DimFacts> dims = [];
        int element = ReadTensorType(Single(type, 1), dims);
        return new ValueFacts(name, element, dims);
    }

    private static int ReadTensorType(ReadOnlySpan<byte> bytes, List<DimFacts> dims)
    {
        ProtoReader type = new(bytes);
        FieldSet seen = default;
        int element = 0;
        while (type.Next(out int field, out ProtoWire wire))
        {
            seen.Once(Math.Min(field, 31));
            switch (field)
            {
                case 1:
                    element = (int)Math.Clamp(type.Int64(wire), -1, 1000);
                    break;
                case 2:
                    ReadShape(type.Bytes(wire), dims);
                    break;
                default:
                    throw Invalid($"type field {field} is not allowed");
            }
        }

        return element;
    }

    private static void ReadShape(ReadOnlySpan<byte> bytes, List<DimFacts> dims)
    {
        ProtoReader shape = new(bytes);
        while (shape.Next(out int field, out ProtoWire wire))
        {
            Require(field == 1 && dims.Count < MaxDims, "a shape is malformed");
            ProtoReader dim = new(shape.Bytes(wire));
            FieldSet seen = default;
            DimFacts read = default;
            while (dim.Next(out int inner, out ProtoWire innerWire))
            {
                seen.Once(1);
                Require(inner is 1 or 2, "a dimension is malformed");
                read = inner == 1 ? new DimFacts(dim.Int64(innerWire), "") : new DimFacts(0, dim.Text(innerWire));
            }

            dims.Add(read);
        }
    }

    private static ReadOnlySpan<byte> Single(ReadOnlySpan<byte> bytes, int field)
    {
        ProtoReader message = new(bytes);
        Require(message.Next(out int met, out ProtoWire wire) && met == field, "a value is not a tensor");
        ReadOnlySpan<byte> inner = message.Bytes(wire);
        Require(!message.Next(out _, out _), "a value has two types");
        return inner;
    }

    private static void ReadDims(ref ProtoReader tensor, ProtoWire wire, List<long> dims)
    {
        if (wire == ProtoWire.Varint)
        {
            Require(dims.Count < MaxDims, "a tensor has too many dimensions");
            dims.Add(unchecked((long)tensor.Varint()));
            return;
        }

        ProtoReader packed = new(tensor.Bytes(wire));
        while (!packed.AtEnd)
        {
            Require(dims.Count < MaxDims, "a tensor has too many dimensions");
            dims.Add(unchecked((long)packed.Varint()));
        }
    }

    private static void ReadEntry(ReadOnlySpan<byte> bytes, Dictionary<string, string> entries)
    {
        ProtoReader entry = new(bytes);
        FieldSet seen = default;
        string key = "", value = "";
        while (entry.Next(out int field, out ProtoWire wire))
        {
            Require(field is 1 or 2, "external data is malformed");
            seen.Once(field);
            (key, value) = field == 1 ? (entry.Text(wire), value) : (key, entry.Text(wire));
        }

        Require(key is "location" or "offset" or "length" && entries.TryAdd(key, value), "external data is malformed");
    }

    private static ExternalRange Range(Dictionary<string, string> entries)
    {
        long offset = 0, length = 0;
        Require(
            entries.TryGetValue("location", out string? location)
            && entries.TryGetValue("offset", out string? from) && TryNumber(from, out offset)
            && entries.TryGetValue("length", out string? bytes) && TryNumber(bytes, out length),
            "external data has no location, offset or length");
        return new ExternalRange(location!, offset, length);
    }

    // Digits alone: no sign, no space, at most 2^63 − 1.
    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
