using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CocoonP2P.Models;

namespace CocoonP2P.Tests.Inference.Support;

/// <summary>A Llama of contract cocoon-llm/1 with random int4 weights, about 100 kB: it says nothing, and runs everything.</summary>
internal static class RandomLlama
{
    public const int Layers = 2, Width = 64, Heads = 4, KvHeads = 2, HeadDim = 16, Ffn = 96, Vocabulary = 256, Context = 128;
    public const int EndToken = 3;

    private const string Microsoft = "com.microsoft";
    private const int Block = 32;

    /// <summary>Graph and weights.</summary>
    public static (byte[] Graph, byte[] Weights) Build(Action<OnnxFile>? bend = null, Func<OnnxFile, byte[]>? finish = null)
    {
        OnnxFile file = new();
        Random random = new(7);
        file.Input("input_ids", OnnxFile.Int64, "B", "S");
        file.Input("seqlens_k", OnnxFile.Int32, "B");
        file.Input("total_sequence_length", OnnxFile.Int32, 1);
        file.Input("logits_index", OnnxFile.Int64, "R", 2);
        file.Output("logits", OnnxFile.Float32, "R", Vocabulary);
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (string part in (string[])["key", "value"])
            {
                file.Input($"past_key_values.{layer}.{part}", OnnxFile.Float32, "B", KvHeads, "P", HeadDim);
                file.Output($"present.{layer}.{part}", OnnxFile.Float32, "B", KvHeads, "T", HeadDim);
            }
        }

        Rotary(file);
        Weight(file, random, "embed", Vocabulary, Width, flat: true);
        file.Node(Microsoft, "GatherBlockQuantized", ["embed.q", "input_ids", "embed.s"], ["r0"],
            ("block_size", Block), ("bits", 4), ("gather_axis", 0), ("quantize_axis", 1));
        Ones(file, "norm0");
        file.Node("", "SimplifiedLayerNormalization", ["r0", "norm0"], ["n0"], ("epsilon", 1e-5f), ("axis", -1), ("stash_type", 1));
        for (int layer = 0; layer < Layers; layer++)
        {
            Layer(file, random, layer);
        }

        file.Node("", "GatherND", [$"n{Layers}", "logits_index"], ["last"]);
        MatMul(file, random, "last", "head", Vocabulary, Width, "logits");
        bend?.Invoke(file);
        return (finish?.Invoke(file) ?? file.Build(), file.Weights);
    }

    /// <summary>Writes the model and its manifest to a folder.</summary>
    public static void WriteTo(string folder, (byte[] Graph, byte[] Weights)? model = null)
    {
        (byte[] graph, byte[] weights) = model ?? Build();
        (string Path, string Role, byte[] Bytes)[] files = Files(graph, weights);
        Directory.CreateDirectory(folder);
        foreach ((string path, _, byte[] bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, path), bytes);
        }

        File.WriteAllText(Path.Combine(folder, ModelStore.ManifestFile), Manifest(files));
    }

    /// <summary>The manifest of such a model, with the context that it claims.</summary>
    public static ModelManifest ManifestOf(byte[] graph, byte[] weights, int context = Context) => ManifestReader.Read(
        Encoding.UTF8.GetBytes(Manifest(Files(graph, weights)).Replace($"\"context\":{Context}", $"\"context\":{context}", StringComparison.Ordinal)));

    private static (string Path, string Role, byte[] Bytes)[] Files(byte[] graph, byte[] weights) =>
    [
        ("model.onnx", "graph", graph),
        ("model.onnx.data", "weights", weights),
        ("tokenizer.json", "tokenizer", "{}"u8.ToArray()),
        ("chat_template.jinja", "template", "none"u8.ToArray()),
    ];

    private static string Manifest(IEnumerable<(string Path, string Role, byte[] Bytes)> files)
    {
        StringBuilder json = new();
        string list = string.Join(',', files.Select(f =>
            $$"""{"path":"{{f.Path}}","role":"{{f.Role}}","size":{{f.Bytes.Length}},"sha256":"{{Hex(SHA256.HashData(f.Bytes))}}","verity":"{{Hex(VerityTree.Root(f.Bytes))}}"}"""));
        return json.Append(CultureInfo.InvariantCulture, $$"""
            {"schema":"cocoonp2p/model/1","name":"random-llama","revision":"1","kind":"cocoon-llm/1","licence":"Apache-2.0","source":"tests",
             "files":[{{list}}],
             "graph":{"opsets":{"":21,"com.microsoft":1},"nodes":24,"ops":["GatherBlockQuantized","GatherND","GroupQueryAttention",
              "MatMulNBits","Mul","QuickGelu","SimplifiedLayerNormalization","SkipSimplifiedLayerNormalization"]},
             "limits":{"context":{{Context}},"max_tokens":64},
             "llm":{"layers":{{Layers}},"kv_heads":{{KvHeads}},"head_dim":{{HeadDim}},"kv":"f32","vocab":{{Vocabulary}},"eos":[{{EndToken}}],
              "template":"chat_template.jinja"} }
            """).ToString();
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static void Layer(OnnxFile file, Random random, int l)
    {
        MatMul(file, random, $"n{l}", $"qkv{l}", (Heads + (2 * KvHeads)) * HeadDim, Width, $"a{l}");
        file.Node(Microsoft, "GroupQueryAttention",
            [$"a{l}", "", "", $"past_key_values.{l}.key", $"past_key_values.{l}.value", "seqlens_k", "total_sequence_length", "cos", "sin"],
            [$"b{l}", $"present.{l}.key", $"present.{l}.value"],
            ("num_heads", Heads), ("kv_num_heads", KvHeads), ("scale", 1f / MathF.Sqrt(HeadDim)), ("do_rotary", 1), ("rotary_interleaved", 0));
        MatMul(file, random, $"b{l}", $"out{l}", Width, Heads * HeadDim, $"c{l}");
        Ones(file, $"post{l}");
        file.Node(Microsoft, "SkipSimplifiedLayerNormalization", [$"r{l}", $"c{l}", $"post{l}"], [$"d{l}", "", "", $"s{l}"], ("epsilon", 1e-5f));
        MatMul(file, random, $"d{l}", $"gate{l}", Ffn, Width, $"e{l}");
        MatMul(file, random, $"d{l}", $"up{l}", Ffn, Width, $"f{l}");
        file.Node(Microsoft, "QuickGelu", [$"e{l}"], [$"g{l}"], ("alpha", 1f));
        file.Node("", "Mul", [$"g{l}", $"f{l}"], [$"h{l}"]);
        MatMul(file, random, $"h{l}", $"down{l}", Width, Ffn, $"i{l}");
        Ones(file, $"norm{l + 1}");
        file.Node(Microsoft, "SkipSimplifiedLayerNormalization", [$"s{l}", $"i{l}", $"norm{l + 1}"],
            l + 1 < Layers ? [$"n{l + 1}", "", "", $"r{l + 1}"] : [$"n{l + 1}"], ("epsilon", 1e-5f));
    }

    private static void MatMul(OnnxFile file, Random random, string input, string name, int rows, int columns, string output)
    {
        Weight(file, random, name, rows, columns, flat: false);
        file.Node(Microsoft, "MatMulNBits", [input, name + ".q", name + ".s"], [output],
            ("K", columns), ("N", rows), ("bits", 4), ("block_size", Block), ("accuracy_level", 4));
    }

    private static void Weight(OnnxFile file, Random random, string name, int rows, int columns, bool flat)
    {
        byte[] codes = new byte[rows * columns / 2];
        random.NextBytes(codes);
        float[] scales = [.. Enumerable.Range(0, rows * columns / Block).Select(_ => 0.02f + (0.03f * random.NextSingle()))];
        file.Tensor(name + ".q", OnnxFile.UInt8, flat ? [rows, columns / 2] : [rows, columns / Block, Block / 2], codes);
        file.Tensor(name + ".s", OnnxFile.Float32, [rows, columns / Block], MemoryMarshal.AsBytes(scales.AsSpan()));
    }

    private static void Ones(OnnxFile file, string name) => file.Tensor(name, [.. Enumerable.Repeat(1f, Width)], Width);

    private static void Rotary(OnnxFile file)
    {
        const int Half = HeadDim / 2;
        float[] cos = new float[Context * Half], sin = new float[Context * Half];
        for (int i = 0; i < cos.Length; i++)
        {
            double angle = i / Half / Math.Pow(10000, 2.0 * (i % Half) / HeadDim);
            (cos[i], sin[i]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        }

        file.Tensor("cos", cos, Context, Half);
        file.Tensor("sin", sin, Context, Half);
    }
}
