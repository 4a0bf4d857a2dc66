using CocoonP2P.Models;
using static CocoonP2P.Inference.Onnx.ProtoReader;

namespace CocoonP2P.Inference.Onnx;

/// <summary>
/// Contract cocoon-embed/1: texts one after the other, without padding, each token with its row and position; one vector
/// for each row. docs/protocol/inference.md, "Graphs".
/// </summary>
internal static class EmbedContract
{
    public const string InputIds = "input_ids";
    public const string InputIndex = "input_index";
    public const string Embedding = "embedding";

    public static void Check(GraphFacts graph, ModelManifest manifest)
    {
        Require(graph.Inputs.Count == 2 && graph.Outputs.Count == 1, "it has not the contract's inputs and output");
        Expect(graph.Inputs, InputIds, OnnxType.Int64, [null]);
        Expect(graph.Inputs, InputIndex, OnnxType.Int64, null, 2);
        Expect(graph.Outputs, Embedding, OnnxType.Float32, null, manifest.Embed.Dimensions);
    }

    private static void Expect(List<ValueFacts> values, string name, int type, params int?[] dims)
    {
        ValueFacts? value = values.Find(v => v.Name == name);
        Require(
            value is not null && value.Type == type && value.Dims.Count == dims.Length
            && value.Dims.Zip(dims).All(d => d.Second is { } size ? d.First.IsFixed && d.First.Value == size : !d.First.IsFixed),
            $"{name} is missing or not of the contract's shape");
    }
}
