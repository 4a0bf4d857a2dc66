using System.Reflection;
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

        return ManifestFile.Write(
            folder, "cocoon-tiny", ModelManifest.LlmKind, "eng/train", graph.Graph, Files, json =>
            {
                json.WriteStartObject("limits");
                json.WriteNumber("context", LlamaGraph.Context);
                json.WriteNumber("max_tokens", MaxTokens);
                json.WriteNumber("memory", 32 << 20);
                json.WriteEndObject();
                WriteShape(json, shape);
            });
    }

    private static byte[] Template()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("chat_template")!;
        using MemoryStream bytes = new();
        resource.CopyTo(bytes);
        return bytes.ToArray();
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
