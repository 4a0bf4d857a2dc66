using System.Runtime.InteropServices;

namespace CocoonP2P.Train.Onnx;

/// <summary>Element types of ONNX tensors, by their number in the format.</summary>
internal enum ElementType
{
    Float = 1,
    UInt8 = 2,
    Int32 = 6,
    Int64 = 7,
}

/// <summary>Builds an ONNX graph node by node. A dimension is a number, or a name where it varies.</summary>
/// <param name="name">The name of the graph.</param>
/// <param name="external">Where large tensors go; null keeps all of them in the graph.</param>
internal sealed class OnnxGraph(string name, ExternalData? external = null)
{
    private const string MicrosoftDomain = "com.microsoft";

    private readonly ProtoWriter _graph = new ProtoWriter().Text(2, name);
    private int _nodes;
    private int _names;

    /// <summary>How many nodes there are.</summary>
    public int NodeCount => _nodes;

    /// <summary>The operators in use, sorted.</summary>
    public SortedSet<string> Operators { get; } = new(StringComparer.Ordinal);

    public void Input(string tensor, ElementType type, params object[] dimensions) =>
        _graph.Message(11, ValueInfo(tensor, type, dimensions));

    public void Output(string tensor, ElementType type, params object[] dimensions) =>
        _graph.Message(12, ValueInfo(tensor, type, dimensions));

    /// <summary>A constant tensor of floats.</summary>
    public string Constant(string tensor, ReadOnlySpan<float> values, params long[] dimensions) =>
        Constant(tensor, ElementType.Float, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>A constant list of integers.</summary>
    public string Integers(params long[] values) =>
        Constant(Fresh(), ElementType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), values.Length);

    /// <summary>A constant number.</summary>
    public string Scalar(float value) => Constant(Fresh(), [value]);

    /// <summary>A constant tensor of raw little-endian bytes.</summary>
    public string Constant(string tensor, ElementType type, ReadOnlySpan<byte> raw, params long[] dimensions)
    {
        ProtoWriter proto = new();
        foreach (long dimension in dimensions)
        {
            proto.Integer(1, dimension);
        }

        proto.Integer(2, (long)type).Text(8, tensor);
        if (external is not null && raw.Length >= ExternalData.Smallest)
        {
            external.Describe(proto, raw);
        }
        else
        {
            proto.Bytes(9, raw);
        }

        _graph.Message(5, proto);
        return tensor;
    }

    /// <summary>A node with one output of a fresh name.</summary>
    public string Node(string op, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string output = Fresh();
        Node("", op, inputs, [output], attributes);
        return output;
    }

    /// <summary>A node of Microsoft's operator set with one output of a fresh name.</summary>
    public string Contrib(string op, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string output = Fresh();
        Node(MicrosoftDomain, op, inputs, [output], attributes);
        return output;
    }

    /// <summary>A node of Microsoft's operator set.</summary>
    public void Contrib(string op, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes) =>
        Node(MicrosoftDomain, op, inputs, outputs, attributes);

    /// <summary>Any node.</summary>
    public void Node(string domain, string op, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        ProtoWriter node = new();
        Array.ForEach(inputs, input => node.Text(1, input));
        Array.ForEach(outputs, output => node.Text(2, output));
        node.Text(3, $"{op}_{_nodes++}").Text(4, op);
        foreach ((string key, object value) in attributes)
        {
            node.Message(5, Attribute(key, value));
        }

        if (domain.Length > 0)
        {
            node.Text(7, domain);
        }

        Operators.Add(op);
        _graph.Message(1, node);
    }

    /// <summary>The file, with opset 21 and version 1 of Microsoft's.</summary>
    public byte[] Build() => new ProtoWriter()
        .Integer(1, 10)
        .Text(2, "cocoonp2p-train")
        .Message(7, _graph)
        .Message(8, new ProtoWriter().Integer(2, 21))
        .Message(8, new ProtoWriter().Text(1, MicrosoftDomain).Integer(2, 1))
        .ToArray();

    private string Fresh() => $"t{_names++}";

    private static ProtoWriter Attribute(string key, object value)
    {
        ProtoWriter proto = new ProtoWriter().Text(1, key);
        switch (value)
        {
            case int number:
                return proto.Integer(3, number).Integer(20, 2);
            case float number:
                return proto.Float(2, number).Integer(20, 1);
            case long[] list:
                Array.ForEach(list, item => proto.Integer(8, item));
                return proto.Integer(20, 7);
            default:
                throw new ArgumentException($"attribute {key} has no known type", nameof(value));
        }
    }

    private static ProtoWriter ValueInfo(string tensor, ElementType type, object[] dimensions)
    {
        ProtoWriter shape = new();
        foreach (object dimension in dimensions)
        {
            shape.Message(1, dimension is string symbol
                ? new ProtoWriter().Text(2, symbol)
                : new ProtoWriter().Integer(1, Convert.ToInt64(dimension, null)));
        }

        ProtoWriter tensorType = new ProtoWriter().Integer(1, (long)type).Message(2, shape);
        return new ProtoWriter().Text(1, tensor).Message(2, new ProtoWriter().Message(1, tensorType));
    }
}
