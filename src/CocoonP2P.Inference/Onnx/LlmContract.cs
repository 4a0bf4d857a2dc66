using CocoonP2P.Models;

using static CocoonP2P.Inference.Onnx.ProtoReader;

namespace CocoonP2P.Inference.Onnx;

/// <summary>Contract cocoon-llm/1: the graph's inputs and outputs, by name, type and shape. docs/protocol/inference.md, "Graphs".</summary>
internal static class LlmContract
{
    public const string InputIds = "input_ids";
    public const string SequenceLengths = "seqlens_k";
    public const string TotalLength = "total_sequence_length";
    public const string LogitsIndex = "logits_index";
    public const string Logits = "logits";

    public static string PastKey(int layer) => $"past_key_values.{layer}.key";

    public static string PastValue(int layer) => $"past_key_values.{layer}.value";

    public static string PresentKey(int layer) => $"present.{layer}.key";

    public static string PresentValue(int layer) => $"present.{layer}.value";

    public static void Check(GraphFacts graph, ModelManifest manifest)
    {
        LlmShape shape = manifest.Llm;
        Dictionary<string, ValueFacts> inputs = ByName(graph.Inputs), outputs = ByName(graph.Outputs);
        Require(inputs.Count == 4 + (2 * shape.Layers), "it has not the contract's inputs");
        Require(outputs.Count == 1 + (2 * shape.Layers), "it has not the contract's outputs");
        Expect(inputs, InputIds, OnnxType.Int64, null, null);
        Expect(inputs, SequenceLengths, OnnxType.Int32, [null]);
        Expect(inputs, TotalLength, OnnxType.Int32, 1);
        Expect(inputs, LogitsIndex, OnnxType.Int64, null, 2);
        Expect(outputs, Logits, OnnxType.Float32, null, shape.Vocabulary);
        int kv = shape.Kv == KvElement.Float32 ? OnnxType.Float32 : OnnxType.Float16;
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            foreach (string name in (string[])[PastKey(layer), PastValue(layer)])
            {
                Expect(inputs, name, kv, null, shape.KvHeads, null, shape.HeadDim);
            }

            foreach (string name in (string[])[PresentKey(layer), PresentValue(layer)])
            {
                Expect(outputs, name, kv, null, shape.KvHeads, null, shape.HeadDim);
            }
        }

        CheckAttention(graph, manifest);
    }

    private static void CheckAttention(GraphFacts graph, ModelManifest manifest)
    {
        const int PastKeyInput = 3, CosInput = 7, SinInput = 8;
        LlmShape shape = manifest.Llm;
        Dictionary<string, TensorFacts> tensors = graph.Initializers.ToDictionary(t => t.Name, StringComparer.Ordinal);
        List<NodeFacts> attention = [.. graph.Nodes.Where(n => n.Operator == "GroupQueryAttention")];
        Require(attention.Count == shape.Layers, "it has not one attention a layer");
        foreach (NodeFacts node in attention)
        {
            Require(node.Integers.GetValueOrDefault("kv_num_heads") == shape.KvHeads, "an attention has another number of heads");
            Require(node.Integers.GetValueOrDefault("do_rotary") == 1 && node.Inputs.Count > SinInput, "an attention has no rotary tables");
            Require(node.Inputs[PastKeyInput].StartsWith("past_key_values.", StringComparison.Ordinal), "an attention has no cache");
            foreach (string name in (string[])[node.Inputs[CosInput], node.Inputs[SinInput]])
            {
                Require(
                    tensors.TryGetValue(name, out TensorFacts? table) && table.Dims.Count == 2
                    && table.Dims[0] >= manifest.Limits.ContextTokens && table.Dims[1] * 2 == shape.HeadDim,
                    "a rotary table does not reach the context");
            }
        }
    }

    private static Dictionary<string, ValueFacts> ByName(List<ValueFacts> values)
    {
        Require(values.DistinctBy(v => v.Name).Count() == values.Count, "a value stands twice");
        return values.ToDictionary(v => v.Name, StringComparer.Ordinal);
    }

    private static void Expect(Dictionary<string, ValueFacts> values, string name, int type, params long?[] dims)
    {
        Require(values.TryGetValue(name, out ValueFacts? value), $"{name} is missing");
        Require(
            value!.Type == type && value.Dims.Count == dims.Length
            && value.Dims.Zip(dims).All(d => d.Second is { } size ? d.First.IsFixed && d.First.Value == size : !d.First.IsFixed),
            $"{name} is not of the contract's shape");
    }
}
