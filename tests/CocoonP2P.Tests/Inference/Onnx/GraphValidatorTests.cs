using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Inference.Onnx;
using CocoonP2P.Tests.Inference.Support;
using CsCheck;

namespace CocoonP2P.Tests.Inference.Onnx;

public sealed class GraphValidatorTests
{
    private const long Far = long.MaxValue;

    // What is wrong; how it is brought in; words of the refusal.
    private static readonly Dictionary<string, (Action<OnnxFile> Bend, string Words)> Mutants = new()
    {
        ["a forbidden operator"] = (f => f.Node("", "Identity", ["r0"], ["x"]), "operator Identity"),
        ["a loop"] = (f => f.Node("", "Loop", ["r0"], ["x"]), "operator Loop"),
        ["a compiled context"] = (f => f.Node("com.microsoft", "EPContext", ["r0"], ["x"]), "operator EPContext"),
        ["an operator of a strange domain"] = (f => f.Node("evil", "Mul", ["r0", "r0"], ["x"]), "operator Mul"),
        ["an operator that the manifest lacks"] = (f => f.Node("", "TopK", ["r0"], ["x"]), "not in the manifest"),
        ["a slow accuracy level"] = (f => MatMul(f, ("accuracy_level", 0)), "accuracy_level"),
        ["no accuracy level"] = (f => MatMul(f), "accuracy_level"),
        ["another block size"] = (f => MatMul(f, ("block_size", 16), ("accuracy_level", 4)), "32 or 64"),
        ["three bits"] = (f => MatMul(f, ("bits", 3), ("accuracy_level", 4)), "4 or 8 bits"),
        ["a folder above"] = (f => External(f, "../secret"), "outside the model's files"),
        ["an absolute path"] = (f => External(f, "/etc/passwd"), "outside the model's files"),
        ["a file of another role"] = (f => External(f, "tokenizer.json"), "outside the model's files"),
        ["a range past the end"] = (f => External(f, f.WeightsName, 1 << 30), "past the end"),
        ["a range that overflows"] = (f => External(f, f.WeightsName, Far - 10), "past the end"),
        ["a negative offset"] = (f => External(f, f.WeightsName, -4096), "no location, offset or length"),
        ["a length that is not its size"] = (f => External(f, f.WeightsName, 0, 8), "not of its size"),
        ["an overlap"] = (f => External(f, f.WeightsName, 1), "overlap"),
        ["dimensions that overflow"] = (f => Inline(f, [1L << 33, 1L << 33], 4), "impossible dimensions"),
        ["a negative dimension"] = (f => Inline(f, [-4], 16), "impossible dimensions"),
        ["fewer bytes than dimensions"] = (f => Inline(f, [8], 16), "not of its size"),
        ["a large inline tensor"] = (f => Inline(f, [(17 << 20) / 4], 17 << 20), "too large to be inline"),
        ["a name that stands twice"] = (f => f.Tensor("norm0", new float[64], 64), "name of its own"),
        ["a type that is not allowed"] = (f => f.Graph.Message(5, OnnxFile.Tensor("x", 8, [1]).Bytes(9, [1])), "element type"),
        ["typed data"] = (f => f.Graph.Message(5, OnnxFile.Tensor("x", 1, [1]).Float(4, 1)), "tensor field 4"),
        ["a sparse initialiser"] = (f => f.Graph.Message(15, new ProtoWriter()), "graph field 15"),
        ["a graph in an attribute"] = (f => Attribute(f, a => a.Message(6, new ProtoWriter())), "attribute field 6"),
        ["a tensor in an attribute"] = (f => Attribute(f, a => a.Message(5, new ProtoWriter())), "attribute field 5"),
        ["a sparse tensor in an attribute"] = (f => Attribute(f, a => a.Message(22, new ProtoWriter())), "attribute field 22"),
        ["an input too many"] = (f => f.Input("x", 1, 1), "contract's inputs"),
        ["an output too many"] = (f => f.Output("x", 1, 1), "contract's outputs"),
    };

    private static readonly Dictionary<string, (Func<OnnxFile, byte[]> Build, string Words)> Envelopes = new()
    {
        ["an unknown version"] = (f => f.Build(ir: 99), "IR version"),
        ["an unknown opset"] = (f => f.Build(opset: 99), "opset is unknown"),
        ["a strange opset"] = (f => f.Build(bend: m => m.Message(8, new ProtoWriter().Text(1, "ai.onnx.ml").Number(2, 3))), "opset is unknown"),
        ["an opset that stands twice"] = (f => f.Build(bend: m => m.Message(8, new ProtoWriter().Number(2, 17))), "opset stands twice"),
        ["a second graph"] = (f => f.Build(bend: m => m.Message(7, f.Graph)), "stands twice"),
        ["metadata"] = (f => f.Build(bend: m => m.Message(14, new ProtoWriter())), "model field 14"),
        ["training"] = (f => f.Build(bend: m => m.Message(20, new ProtoWriter())), "model field 20"),
        ["a function"] = (f => f.Build(bend: m => m.Message(25, new ProtoWriter())), "model field 25"),
        ["a group"] = (f => [.. f.Build(), 0x0B], "wire type"),
    };

    public static TheoryData<string> MutantNames => [.. Mutants.Keys];

    public static TheoryData<string> EnvelopeNames => [.. Envelopes.Keys];

    [Fact]
    public void A_sound_graph_passes() => Check(RandomLlama.Build());

    [Theory]
    [MemberData(nameof(MutantNames))]
    public void A_graph_is_refused_for(string what)
    {
        InferenceException refusal = Assert.Throws<InferenceException>(() => Check(RandomLlama.Build(bend: Mutants[what].Bend)));
        Assert.Equal(InferenceErrorCode.ModelInvalid, refusal.Code);
        Assert.Contains(Mutants[what].Words, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EnvelopeNames))]
    public void A_file_is_refused_for(string what)
    {
        InferenceException refusal = Assert.Throws<InferenceException>(() => Check(RandomLlama.Build(finish: Envelopes[what].Build)));
        Assert.Contains(Envelopes[what].Words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_past_the_rotary_tables_is_refused()
    {
        (byte[] graph, byte[] weights) = RandomLlama.Build();
        ModelManifest manifest = RandomLlama.ManifestOf(graph, weights, RandomLlama.Context + 1);
        Assert.Contains("rotary", Assert.Throws<InferenceException>(() => GraphValidator.Check(graph, manifest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Altered_bytes_are_accepted_or_refused_and_nothing_else()
    {
        (byte[] graph, byte[] weights) = RandomLlama.Build();
        ModelManifest manifest = RandomLlama.ManifestOf(graph, weights);
        Gen.Select(Gen.Int[0, graph.Length - 1], Gen.Byte).Array[1, 8].Sample(
            changes =>
            {
                byte[] altered = [.. graph];
                foreach ((int at, byte value) in changes)
                {
                    altered[at] = value;
                }

                Refusal(altered, manifest);
                Refusal(altered.AsSpan(0, changes[0].Item1).ToArray(), manifest);
            },
            iter: 2_000);
    }

    private static void Refusal(byte[] graph, ModelManifest manifest)
    {
        try
        {
            GraphValidator.Check(graph, manifest);
        }
        catch (InferenceException e)
        {
            Assert.Equal(InferenceErrorCode.ModelInvalid, e.Code);
        }
    }

    private static void Check((byte[] Graph, byte[] Weights) model) =>
        GraphValidator.Check(model.Graph, RandomLlama.ManifestOf(model.Graph, model.Weights));

    private static void MatMul(OnnxFile file, params (string, object)[] more) =>
        file.Node("com.microsoft", "MatMulNBits", ["r0"], ["x"],
            [.. more, .. new (string, object)[] { ("block_size", 32), ("bits", 4) }.ExceptBy(more.Select(m => m.Item1), d => d.Item1)]);

    private static void External(OnnxFile file, string location, long offset = 0, long length = 4096) =>
        file.Graph.Message(5, OnnxFile.External("x", OnnxFile.UInt8, [4096], location, offset, length));

    private static void Inline(OnnxFile file, long[] dims, int bytes) =>
        file.Graph.Message(5, OnnxFile.Tensor("x", OnnxFile.Float32, dims).Bytes(9, new byte[bytes]));

    private static void Attribute(OnnxFile file, Action<ProtoWriter> value)
    {
        ProtoWriter attribute = new ProtoWriter().Text(1, "a");
        value(attribute);
        file.Graph.Message(1, new ProtoWriter().Text(4, "Mul").Message(5, attribute));
    }
}
