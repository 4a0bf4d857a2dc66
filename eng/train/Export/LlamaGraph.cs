using CocoonP2P.Train.Onnx;
using CocoonP2P.Train.Training;

namespace CocoonP2P.Train.Export;

/// <summary>Writes learnt weights as a graph of contract cocoon-llm/1: four bits a weight, keys and values in f32.</summary>
internal sealed class LlamaGraph
{
    /// <summary>Most tokens of prompt and answer: rows of the rotary tables.</summary>
    public const int Context = 512;

    private const string FinalHidden = "final";

    private readonly ExternalData _data;
    private readonly Shape _shape;
    private readonly IReadOnlyDictionary<string, float[]> _weights;

    private LlamaGraph(Shape shape, IReadOnlyDictionary<string, float[]> weights, string dataFile)
    {
        _data = new ExternalData(dataFile);
        Graph = new OnnxGraph("cocoon", _data);
        (_shape, _weights) = (shape, weights);
    }

    /// <summary>The graph, for its file and its list of operators.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>The weights beside it.</summary>
    public byte[] Data => _data.ToArray();

    public static LlamaGraph Build(Shape shape, IReadOnlyDictionary<string, float[]> weights, string dataFile)
    {
        LlamaGraph graph = new(shape, weights, dataFile);
        graph.Write();
        return graph;
    }

    private void Write()
    {
        Graph.Input("input_ids", ElementType.Int64, "B", "S");
        Graph.Input("seqlens_k", ElementType.Int32, "B");
        Graph.Input("total_sequence_length", ElementType.Int32, 1);
        Graph.Input("logits_index", ElementType.Int64, "R", 2);
        for (int layer = 0; layer < _shape.Layers; layer++)
        {
            Graph.Input($"past_key_values.{layer}.key", ElementType.Float, "B", _shape.KvHeads, "P", _shape.HeadSize);
            Graph.Input($"past_key_values.{layer}.value", ElementType.Float, "B", _shape.KvHeads, "P", _shape.HeadSize);
        }

        Graph.Constant("cos", Shape.Rotary(Context, _shape.HeadSize, Math.Cos), Context, _shape.HeadSize / 2);
        Graph.Constant("sin", Shape.Rotary(Context, _shape.HeadSize, Math.Sin), Context, _shape.HeadSize / 2);
        string residual = Embed();
        Graph.Node("", "SimplifiedLayerNormalization", [residual, Norm("l0.in_norm")], ["l0.normed"],
            ("epsilon", Shape.Epsilon), ("axis", -1), ("stash_type", 1));
        for (int layer = 0; layer < _shape.Layers; layer++)
        {
            residual = Layer(layer, residual);
        }

        string chosen = Graph.Node("GatherND", [FinalHidden, "logits_index"]);
        Product(chosen, "embed", _shape.Vocabulary, _shape.Width, "logits");
        Graph.Output("logits", ElementType.Float, "R", _shape.Vocabulary);
        for (int layer = 0; layer < _shape.Layers; layer++)
        {
            Graph.Output($"present.{layer}.key", ElementType.Float, "B", _shape.KvHeads, "T", _shape.HeadSize);
            Graph.Output($"present.{layer}.value", ElementType.Float, "B", _shape.KvHeads, "T", _shape.HeadSize);
        }
    }

    /// <summary>The rows that the head reads too, once more named for the operator that gathers them: the bytes are one.</summary>
    private string Embed()
    {
        (byte[] codes, float[] scales) = Pack(_weights["embed"]);
        int blocks = _shape.Width / Quantiser.Block;
        Graph.Constant("rows.codes", ElementType.UInt8, codes, _shape.Vocabulary, _shape.Width / 2);
        Graph.Constant("rows.scales", scales, _shape.Vocabulary, blocks);
        return Graph.Contrib("GatherBlockQuantized", ["rows.codes", "input_ids", "rows.scales"],
            ("block_size", Quantiser.Block), ("bits", 4), ("gather_axis", 0), ("quantize_axis", 1));
    }

    private string Layer(int layer, string residual)
    {
        string name = $"l{layer}.";
        int headWidth = _shape.Heads * _shape.HeadSize;
        string qkv = Product(name + "normed", name + "qkv", _shape.QkvRows, _shape.Width);
        Graph.Contrib(
            "GroupQueryAttention",
            [qkv, "", "", $"past_key_values.{layer}.key", $"past_key_values.{layer}.value", "seqlens_k", "total_sequence_length", "cos", "sin"],
            [name + "mixed", $"present.{layer}.key", $"present.{layer}.value"],
            ("num_heads", _shape.Heads), ("kv_num_heads", _shape.KvHeads), ("scale", 1 / MathF.Sqrt(_shape.HeadSize)),
            ("do_rotary", 1), ("rotary_interleaved", 0));
        string attended = Product(name + "mixed", name + "o", _shape.Width, headWidth);
        Graph.Contrib("SkipSimplifiedLayerNormalization", [residual, attended, Norm(name + "post_norm")],
            [name + "inner", "", "", name + "middle"], ("epsilon", Shape.Epsilon));

        string gate = Product(name + "inner", name + "gate", _shape.FeedForward, _shape.Width);
        string up = Product(name + "inner", name + "up", _shape.FeedForward, _shape.Width);
        string silu = Graph.Contrib("QuickGelu", [gate], ("alpha", 1f));
        string down = Product(Graph.Node("Mul", [silu, up]), name + "down", _shape.Width, _shape.FeedForward);
        bool last = layer == _shape.Layers - 1;
        string next = $"l{layer + 1}.";
        Graph.Contrib(
            "SkipSimplifiedLayerNormalization",
            [name + "middle", down, Norm(last ? "norm" : next + "in_norm")],
            last ? [FinalHidden] : [next + "normed", "", "", name + "out"],
            ("epsilon", Shape.Epsilon));
        return name + "out";
    }

    private string Norm(string weight) => Graph.Constant(weight, _weights[weight], _shape.Width);

    private string Product(string x, string weight, int outputs, int inputs, string? output = null)
    {
        (byte[] codes, float[] scales) = Pack(_weights[weight]);
        int blocks = inputs / Quantiser.Block;
        Graph.Constant(weight + ".codes", ElementType.UInt8, codes, outputs, blocks, Quantiser.Block / 2);
        Graph.Constant(weight + ".scales", scales, outputs, blocks);
        string result = output ?? weight + ".product";
        Graph.Contrib("MatMulNBits", [x, weight + ".codes", weight + ".scales"], [result],
            ("K", inputs), ("N", outputs), ("bits", 4), ("block_size", Quantiser.Block), ("accuracy_level", 4));
        return result;
    }

    /// <summary>Two codes a byte, the first in the low half; a scale for each block.</summary>
    private static (byte[] Codes, float[] Scales) Pack(float[] weights)
    {
        byte[] codes = new byte[weights.Length / 2];
        float[] scales = new float[weights.Length / Quantiser.Block];
        for (int i = 0; i < weights.Length; i += 2)
        {
            int block = i / Quantiser.Block;
            scales[block] = i % Quantiser.Block == 0
                ? Quantiser.Scale(weights.AsSpan(i, Quantiser.Block))
                : scales[block];
            int low = Quantiser.Code(weights[i], scales[block]);
            int high = Quantiser.Code(weights[i + 1], scales[block]);
            codes[i / 2] = (byte)(low | (high << 4));
        }

        return (codes, scales);
    }
}
