using System.Globalization;
using System.Runtime.InteropServices;

namespace CocoonP2P.Tests.Inference.Support;

/// <summary>Builds an ONNX graph with its weights in a second file. Hooks let a test bend one part of it.</summary>
internal sealed class OnnxFile
{
    public const int Float32 = 1;
    public const int UInt8 = 2;
    public const int Int32 = 6;
    public const int Int64 = 7;

    private readonly List<byte> _weights = [];
    private int _nodes;

    public ProtoWriter Graph { get; } = new ProtoWriter().Text(2, "g");

    public string WeightsName { get; init; } = "model.onnx.data";

    public byte[] Weights => [.. _weights];

    public void Input(string name, int type, params object[] dims) => Graph.Message(11, Value(name, type, dims));

    public void Output(string name, int type, params object[] dims) => Graph.Message(12, Value(name, type, dims));

    public void Node(string domain, string op, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        ProtoWriter node = new();
        Array.ForEach(inputs, i => node.Text(1, i));
        Array.ForEach(outputs, o => node.Text(2, o));
        node.Text(3, $"{op}_{_nodes++}").Text(4, op);
        foreach ((string name, object value) in attributes)
        {
            ProtoWriter attribute = new ProtoWriter().Text(1, name);
            node.Message(5, value switch
            {
                float f => attribute.Float(2, f).Number(20, 1),
                string text => attribute.Text(4, text).Number(20, 3),
                _ => attribute.Number(3, (int)value).Number(20, 2),
            });
        }

        Graph.Message(1, domain.Length > 0 ? node.Text(7, domain) : node);
    }

    /// <summary>A small tensor within the graph, or a large one in the weights file, from a multiple of 4,096.</summary>
    public void Tensor(string name, int type, long[] dims, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 1024)
        {
            Graph.Message(5, Tensor(name, type, dims).Bytes(9, bytes));
            return;
        }

        _weights.AddRange(new byte[(4096 - (_weights.Count % 4096)) % 4096]);
        long offset = _weights.Count;
        _weights.AddRange(bytes);
        Graph.Message(5, External(name, type, dims, WeightsName, offset, bytes.Length));
    }

    public void Tensor(string name, float[] values, params long[] dims) =>
        Tensor(name, Float32, dims, MemoryMarshal.AsBytes(values.AsSpan()));

    public byte[] Build(long ir = 10, long opset = 21, Action<ProtoWriter>? bend = null)
    {
        ProtoWriter model = new ProtoWriter().Number(1, ir).Message(7, Graph);
        model.Message(8, new ProtoWriter().Number(2, opset)).Message(8, new ProtoWriter().Text(1, "com.microsoft").Number(2, 1));
        bend?.Invoke(model);
        return model.ToArray();
    }

    public static ProtoWriter External(string name, int type, long[] dims, string location, long offset, long length)
    {
        ProtoWriter tensor = Tensor(name, type, dims);
        foreach ((string key, string value) in new[]
        {
            ("location", location), ("offset", offset.ToString(CultureInfo.InvariantCulture)), ("length", length.ToString(CultureInfo.InvariantCulture)),
        })
        {
            tensor.Message(13, new ProtoWriter().Text(1, key).Text(2, value));
        }

        return tensor.Number(14, 1);
    }

    public static ProtoWriter Tensor(string name, int type, long[] dims)
    {
        ProtoWriter tensor = new();
        Array.ForEach(dims, d => tensor.Number(1, d));
        return tensor.Number(2, type).Text(8, name);
    }

    private static ProtoWriter Value(string name, int type, object[] dims)
    {
        ProtoWriter shape = new();
        foreach (object dim in dims)
        {
            shape.Message(1, dim is string symbol ? new ProtoWriter().Text(2, symbol) : new ProtoWriter().Number(1, (int)dim));
        }

        ProtoWriter tensor = new ProtoWriter().Number(1, type).Message(2, shape);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }
}
