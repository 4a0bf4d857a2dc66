using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using CocoonP2P.Models;
using CocoonP2P.Train.Training;

namespace CocoonP2P.Train.Export;

/// <summary>Writes a model's folder: graph, weights, tokenizer, template, and the manifest that names them by hash.</summary>
internal static class ModelFolder
{
    private const int MaxTokens = 256;

    private static readonly (string Path, string Role)[] Files =
    [
        ("model.onnx", ModelFile.Graph), ("model.onnx.data", ModelFile.Weights),
        ("tokenizer.json", ModelFile.Tokenizer), ("chat_template.jinja", ModelFile.Template),
    ];

    /// <summary>Writes the folder, returns the model's id in hex.</summary>
    public static string Write(string folder, string tokenizer, Shape shape, IReadOnlyDictionary<string, float[]> weights)
    {
        Directory.CreateDirectory(folder);
        LlamaGraph graph = LlamaGraph.Build(shape, weights, "model.onnx.data");
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph.Graph.Build());
        File.WriteAllBytes(Path.Combine(folder, "model.onnx.data"), graph.Data);
        File.Copy(tokenizer, Path.Combine(folder, "tokenizer.json"), overwrite: true);
        File.WriteAllBytes(Path.Combine(folder, "chat_template.jinja"), Template());

        byte[] draft = Manifest(folder, shape, graph);
        if (!CanonicalJson.TryWrite(draft, out byte[] canonical, out string problem))
        {
            throw new InvalidOperationException(problem);
        }

        // Canonical on disk as well: the SHA-256 of this file is the model's id.
        File.WriteAllBytes(Path.Combine(folder, ModelStore.ManifestFile), canonical);
        return Convert.ToHexStringLower(SHA256.HashData(canonical));
    }

    private static byte[] Template()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("chat_template")!;
        using MemoryStream bytes = new();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Manifest(string folder, Shape shape, LlamaGraph graph)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteString("schema", ManifestReader.Schema);
            json.WriteString("name", "cocoon-tiny");
            json.WriteString("revision", "1");
            json.WriteString("kind", ModelManifest.LlmKind);
            json.WriteString("licence", "Apache-2.0");
            json.WriteString("source", "eng/train");
            WriteFiles(json, folder);
            WriteGraph(json, graph);
            json.WriteStartObject("limits");
            json.WriteNumber("context", LlamaGraph.Context);
            json.WriteNumber("max_tokens", MaxTokens);
            json.WriteNumber("memory", 32 << 20);
            json.WriteEndObject();
            WriteShape(json, shape);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteFiles(Utf8JsonWriter json, string folder)
    {
        json.WriteStartArray("files");
        foreach ((string path, string role) in Files)
        {
            byte[] content = File.ReadAllBytes(Path.Combine(folder, path));
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WriteString("role", role);
            json.WriteNumber("size", content.Length);
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));
            json.WriteString("verity", Convert.ToHexStringLower(VerityTree.Root(content)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGraph(Utf8JsonWriter json, LlamaGraph graph)
    {
        json.WriteStartObject("graph");
        json.WriteStartObject("opsets");
        json.WriteNumber("", 21);
        json.WriteNumber("com.microsoft", 1);
        json.WriteEndObject();
        json.WriteStartArray("ops");
        foreach (string op in graph.Graph.Operators)
        {
            json.WriteStringValue(op);
        }

        json.WriteEndArray();
        json.WriteNumber("nodes", graph.Graph.NodeCount);
        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartObject("llm");
        json.WriteNumber("layers", shape.Layers);
        json.WriteNumber("kv_heads", shape.KvHeads);
        json.WriteNumber("head_dim", shape.HeadSize);
        json.WriteString("kv", "f32");
        json.WriteNumber("vocab", shape.Vocabulary);
        json.WriteStartArray("eos");
        json.WriteNumberValue(Vocabulary.TokenizerFile.End);
        json.WriteEndArray();
        json.WriteString("template", "chat_template.jinja");
        json.WriteEndObject();
    }
}
