using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CocoonP2P.Models;

namespace CocoonP2P.Tests.Inference.Support;

/// <summary>A model of contract cocoon-embed/1: each token has a random vector, a text the sum of its tokens', of length one.</summary>
internal static class RandomEmbedder
{
    public const int Vocabulary = 64, Dimensions = 24, Context = 64;

    public static (byte[] Graph, float[] Table) Build(Action<OnnxFile>? bend = null)
    {
        OnnxFile file = new();
        Random random = new(3);
        float[] table = [.. Enumerable.Range(0, Vocabulary * Dimensions).Select(_ => random.NextSingle() - 0.5f)];
        file.Input("input_ids", OnnxFile.Int64, "N");
        file.Input("input_index", OnnxFile.Int64, "N", 2);
        file.Output("embedding", OnnxFile.Float32, "B", Dimensions);
        file.Graph.Message(5, OnnxFile.Tensor("table", OnnxFile.Float32, [Vocabulary, Dimensions]).Bytes(9, MemoryMarshal.AsBytes(table.AsSpan())));
        Constant(file, "zero", 0);
        Constant(file, "one", 1);
        Constant(file, "dims", Dimensions);
        Constant(file, "rows_axis", 1);
        file.Node("", "Gather", ["table", "input_ids"], ["tokens"], ("axis", 0));
        file.Node("", "Slice", ["input_index", "zero", "one", "rows_axis"], ["rows"]);
        file.Node("", "ReduceMax", ["rows"], ["last"], ("keepdims", 0));
        file.Node("", "Unsqueeze", ["last", "zero"], ["last1"]);
        file.Node("", "Add", ["last1", "one"], ["count"]);
        file.Node("", "Concat", ["count", "dims"], ["shape"], ("axis", 0));
        file.Node("", "ConstantOfShape", ["shape"], ["empty"]);
        file.Node("", "ScatterND", ["empty", "rows", "tokens"], ["sums"], ("reduction", "add"));
        file.Node("", "ReduceL2", ["sums", "rows_axis"], ["lengths"], ("keepdims", 1));
        file.Node("", "Div", ["sums", "lengths"], ["embedding"]);
        bend?.Invoke(file);
        return (file.Build(opset: 18), table);
    }

    public static void WriteTo(string folder, byte[]? graph = null)
    {
        graph ??= Build().Graph;
        Directory.CreateDirectory(folder);
        byte[] tokenizer = "{}"u8.ToArray();
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph);
        File.WriteAllBytes(Path.Combine(folder, "tokenizer.json"), tokenizer);
        File.WriteAllText(Path.Combine(folder, ModelStore.ManifestFile), Manifest(graph, tokenizer));
    }

    /// <summary>What the model must give for a text.</summary>
    public static float[] Expected(float[] table, int[] ids)
    {
        double[] sum = [.. Enumerable.Range(0, Dimensions).Select(d => ids.Sum(id => (double)table[(id * Dimensions) + d]))];
        double length = Math.Sqrt(sum.Sum(x => x * x));
        return [.. sum.Select(x => (float)(x / length))];
    }

    public static string Manifest(byte[] graph, byte[] tokenizer) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"schema":"cocoonp2p/model/1","name":"random-embedder","revision":"1","kind":"cocoon-embed/1","licence":"Apache-2.0","source":"tests",
         "files":[{{Entry("model.onnx", "graph", graph)}},{{Entry("tokenizer.json", "tokenizer", tokenizer)}}],
         "graph":{"ops":["Add","Concat","ConstantOfShape","Div","Gather","ReduceL2","ReduceMax","ScatterND","Slice","Unsqueeze"]},
         "limits":{"context":{{Context}}},"embed":{"dim":{{Dimensions}},"vocab":{{Vocabulary}}} }
        """);

    private static string Entry(string path, string role, byte[] bytes) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"{{\"path\":\"{path}\",\"role\":\"{role}\",\"size\":{bytes.Length},")
        .Append(CultureInfo.InvariantCulture, $"\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\",")
        .Append(CultureInfo.InvariantCulture, $"\"verity\":\"{Convert.ToHexStringLower(VerityTree.Root(bytes))}\"}}").ToString();

    private static void Constant(OnnxFile file, string name, long value) =>
        file.Tensor(name, OnnxFile.Int64, [1], MemoryMarshal.AsBytes<long>([value]));
}
