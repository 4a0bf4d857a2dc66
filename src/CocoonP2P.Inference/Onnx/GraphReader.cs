using static CocoonP2P.Inference.Onnx.ProtoReader;

namespace CocoonP2P.Inference.Onnx;

/// <summary>
/// Reads an ONNX file's structure from hostile bytes. A field that this reader does not know is refused, for another
/// reader may know it; so is a second one where the format has one, for readers differ in which they keep.
/// </summary>
internal static class GraphReader
{
    /// <summary>A 30-layer Llama has 304 nodes; two hundred times that.</summary>
    public const int MaxNodes = 64 * 1024;

    private const int MaxValues = 4096;
    private const int MaxNodeEdges = 64;
    private const int MaxAttributes = 64;

    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public static GraphFacts Read(ReadOnlySpan<byte> file)
    {
        GraphFacts facts = new();
        ProtoReader model = new(file);
        FieldSet seen = default;
        while (model.Next(out int field, out ProtoWire wire))
        {
            switch (field)
            {
                case 1:
                    seen.Once(field);
                    facts.IrVersion = model.Int64(wire);
                    break;
                case 7:
                    seen.Once(field);
                    ReadGraph(model.Bytes(wire), facts);
                    break;
                case 8:
                    ReadOpset(model.Bytes(wire), facts);
                    break;
                case >= 2 and <= 6:
                    // Producer, its version, domain, model version, documentation.
                    model.Skip(wire);
                    break;
                default:
                    // Among these: metadata, from which a session could take options, training graphs, functions.
                    throw Invalid($"model field {field} is not allowed");
            }
        }

        Require(seen.Has(1) && seen.Has(7), "it has no version or no graph");
        return facts;
    }

    private static void ReadOpset(ReadOnlySpan<byte> bytes, GraphFacts facts)
    {
        ProtoReader opset = new(bytes);
        string domain = "";
        long version = 0;
        while (opset.Next(out int field, out ProtoWire wire))
        {
            switch (field)
            {
                case 1:
                    domain = opset.Text(wire);
                    break;
                case 2:
                    version = opset.Int64(wire);
                    break;
                default:
                    throw Invalid($"opset field {field} is not allowed");
            }
        }

        Require(facts.Opsets.Count < 8 && facts.Opsets.TryAdd(domain, version), "an opset stands twice");
    }

    private static void ReadGraph(ReadOnlySpan<byte> bytes, GraphFacts facts)
    {
        ProtoReader graph = new(bytes);
        while (graph.Next(out int field, out ProtoWire wire))
        {
            switch (field)
            {
                case 1:
                    Require(facts.Nodes.Count < MaxNodes, "it has too many nodes");
                    facts.Nodes.Add(ReadNode(graph.Bytes(wire)));
                    break;
                case 5:
                    Require(facts.Initializers.Count < MaxNodes, "it has too many initialisers");
                    facts.Initializers.Add(TensorReader.Read(graph.Bytes(wire)));
                    break;
                case 11:
                    Require(facts.Inputs.Count < MaxValues, "it has too many inputs");
                    facts.Inputs.Add(TensorReader.ReadValue(graph.Bytes(wire)));
                    break;
                case 12:
                    Require(facts.Outputs.Count < MaxValues, "it has too many outputs");
                    facts.Outputs.Add(TensorReader.ReadValue(graph.Bytes(wire)));
                    break;
                case 2 or 10 or 13:
                    // Name, documentation, hints about shapes in between.
                    graph.Skip(wire);
                    break;
                default:
                    // Among these: sparse initialisers.
                    throw Invalid($"graph field {field} is not allowed");
            }
        }
    }

    private static NodeFacts ReadNode(ReadOnlySpan<byte> bytes)
    {
        ProtoReader node = new(bytes);
        FieldSet seen = default;
        string domain = "", op = "";
        List<string> inputs = [];
        Dictionary<string, long> integers = new(StringComparer.Ordinal);
        int outputs = 0, attributes = 0;
        while (node.Next(out int field, out ProtoWire wire))
        {
            switch (field)
            {
                case 1:
                    Require(inputs.Count < MaxNodeEdges, "a node has too many inputs");
                    inputs.Add(node.Text(wire));
                    break;
                case 2:
                    Require(outputs++ < MaxNodeEdges, "a node has too many outputs");
                    node.Text(wire);
                    break;
                case 4:
                    seen.Once(field);
                    op = node.Text(wire);
                    break;
                case 5:
                    Require(attributes++ < MaxAttributes, "a node has too many attributes");
                    AttributeReader.Read(node.Bytes(wire), integers);
                    break;
                case 7:
                    seen.Once(field);
                    domain = node.Text(wire);
                    break;
                case 3 or 6:
                    // Name, documentation.
                    node.Skip(wire);
                    break;
                default:
                    throw Invalid($"node field {field} is not allowed");
            }
        }

        return new NodeFacts(domain, op, inputs, integers);
    }
}
