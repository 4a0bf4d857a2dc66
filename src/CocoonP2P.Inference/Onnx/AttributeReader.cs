using static CocoonP2P.Inference.Onnx.ProtoReader;

namespace CocoonP2P.Inference.Onnx;

/// <summary>Reads a node's attribute: numbers and short texts. Tensors and graphs in attributes could hide both data and code.</summary>
internal static class AttributeReader
{
    public static void Read(ReadOnlySpan<byte> bytes, Dictionary<string, long> integers)
    {
        ProtoReader attribute = new(bytes);
        FieldSet seen = default;
        string name = "";
        long value = 0;
        while (attribute.Next(out int field, out ProtoWire wire))
        {
            switch (field)
            {
                case 1:
                    seen.Once(field);
                    name = attribute.Text(wire);
                    break;
                case 3:
                    seen.Once(field);
                    value = attribute.Int64(wire);
                    break;
                case 4:
                    seen.Once(field);
                    attribute.Text(wire);
                    break;
                case 2 or 7 or 8 or 13 or 20:
                    // A float, lists of numbers, documentation, the type.
                    attribute.Skip(wire);
                    break;
                default:
                    throw Invalid($"attribute field {field} is not allowed");
            }
        }

        Require(name.Length > 0, "an attribute has no name");
        if (seen.Has(3))
        {
            Require(integers.TryAdd(name, value), "an attribute stands twice");
        }
    }
}
