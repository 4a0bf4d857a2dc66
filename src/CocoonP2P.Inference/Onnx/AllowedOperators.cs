using System.Collections.Frozen;
using CocoonP2P.Models;

namespace CocoonP2P.Inference.Onnx;

/// <summary>
/// What a graph of a contract may be made of. Pairs, since SimplifiedLayerNormalization stands in the standard domain and
/// is in no opset of it. None reads a file, runs code, loops or draws a random number.
/// </summary>
internal static class AllowedOperators
{
    public const string Microsoft = "com.microsoft";

    private static readonly FrozenSet<(string Domain, string Operator)> Generating = new[]
    {
        ("", "Add"), ("", "Cast"), ("", "GatherND"), ("", "Mul"), ("", "SimplifiedLayerNormalization"), ("", "TopK"),
        (Microsoft, "GatherBlockQuantized"), (Microsoft, "GroupQueryAttention"), (Microsoft, "MatMulNBits"),
        (Microsoft, "QuickGelu"), (Microsoft, "SkipSimplifiedLayerNormalization"),
    }.ToFrozenSet();

    private static readonly FrozenSet<(string Domain, string Operator)> Embedding = new[]
    {
        "Add", "Cast", "Concat", "ConstantOfShape", "Cos", "Div", "Expand", "Gather", "GatherND", "Greater", "Identity", "LayerNormalization",
        "Less", "MatMul", "Max", "Mul", "NonZero", "Not", "Range", "Reciprocal", "ReduceL2", "ReduceMax", "ReduceMean", "ReduceProd", "ReduceSum", "Relu",
        "Reshape", "ScatterND", "Shape", "Sin", "Slice", "Softmax", "Split", "Sqrt", "Squeeze", "Sub", "Tanh", "Transpose", "Unsqueeze",
    }.Select(op => ("", op)).Concat([(Microsoft, "GatherBlockQuantized"), (Microsoft, "MatMulNBits")]).ToFrozenSet();

    public static bool Has(ModelManifest manifest, NodeFacts node) =>
        (manifest.Kind == ModelManifest.EmbedKind ? Embedding : Generating).Contains((node.Domain, node.Operator));
}
