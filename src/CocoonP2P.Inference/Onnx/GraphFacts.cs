namespace CocoonP2P.Inference.Onnx;

/// <summary>All of an ONNX file that a decision hangs on; its weights are left where they are.</summary>
internal sealed class GraphFacts
{
    public long IrVersion { get; set; }

    public Dictionary<string, long> Opsets { get; } = new(StringComparer.Ordinal);

    public List<NodeFacts> Nodes { get; } = [];

    public List<TensorFacts> Initializers { get; } = [];

    public List<ValueFacts> Inputs { get; } = [];

    public List<ValueFacts> Outputs { get; } = [];
}

/// <summary>One node.</summary>
/// <param name="Domain">"" for the standard operators.</param>
/// <param name="Operator">Such as "MatMulNBits".</param>
/// <param name="Inputs">Names; "" where an optional input is left out.</param>
/// <param name="Integers">Attributes that are one integer.</param>
internal sealed record NodeFacts(
    string Domain, string Operator, IReadOnlyList<string> Inputs, IReadOnlyDictionary<string, long> Integers);

/// <summary>One initialiser.</summary>
/// <param name="Name">The tensor's.</param>
/// <param name="Type">ONNX element type.</param>
/// <param name="Dims">As written; the validator checks them.</param>
/// <param name="InlineBytes">Bytes within the graph file; −1 where external.</param>
/// <param name="External">Where its bytes are, if outside.</param>
internal sealed record TensorFacts(string Name, int Type, IReadOnlyList<long> Dims, long InlineBytes, ExternalRange? External);

/// <summary>A range of a weights file, as the graph names it.</summary>
internal sealed record ExternalRange(string Location, long Offset, long Length);

/// <summary>An input or output of the graph.</summary>
/// <param name="Name">The tensor's.</param>
/// <param name="Type">ONNX element type.</param>
/// <param name="Dims">A number, or the name of a symbolic dimension.</param>
internal sealed record ValueFacts(string Name, int Type, IReadOnlyList<DimFacts> Dims);

/// <summary>A dimension: fixed, or symbolic with a name.</summary>
internal readonly record struct DimFacts(long Value, string Symbol)
{
    public bool IsFixed => Symbol.Length == 0;
}

/// <summary>Element types by ONNX's numbers.</summary>
internal static class OnnxType
{
    public const int Float32 = 1;
    public const int UInt8 = 2;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Float16 = 10;

    /// <summary>Bytes of an element; 0 for a type that no model of ours has.</summary>
    public static int Bytes(int type) => type switch
    {
        Float32 or Int32 => 4,
        UInt8 => 1,
        Int64 => 8,
        Float16 => 2,
        _ => 0,
    };
}
