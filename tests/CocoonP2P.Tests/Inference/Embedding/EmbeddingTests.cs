using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Tests.Inference.Support;

namespace CocoonP2P.Tests.Inference.Embedding;

public sealed class EmbeddingTests
{
    private static readonly int[][] Texts = [[5, 6, 7], [9], [5, 6, 7], [1, 2, 3, 4], [7, 6, 5], [60]];

    [Fact]
    public async Task Each_text_has_the_vector_of_its_tokens_in_the_order_of_the_texts()
    {
        await using EmbedHost host = await EmbedHost.OpenAsync();
        (float[] vectors, JobEvent.Finished end) = await host.RunAsync(host.Job(Texts));
        (_, float[] table) = RandomEmbedder.Build();
        for (int text = 0; text < Texts.Length; text++)
        {
            float[] expected = RandomEmbedder.Expected(table, Texts[text]);
            for (int d = 0; d < RandomEmbedder.Dimensions; d++)
            {
                Assert.Equal(expected[d], vectors[(text * RandomEmbedder.Dimensions) + d], 1e-5);
            }
        }

        Assert.Equal(new JobEvent.Finished(FinishReason.Stop, Texts.Sum(t => t.Length), 0, 0), end);
    }

    [Fact]
    public async Task A_text_has_the_same_bits_alone_in_company_and_among_many_jobs()
    {
        await using EmbedHost host = await EmbedHost.OpenAsync();
        Random random = new(5);
        int[][] texts = [.. Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(RandomEmbedder.Vocabulary)).ToArray())];
        (float[] together, _) = await host.RunAsync(host.Job(texts));
        (float[] Vectors, JobEvent.Finished)[] alone = await Task.WhenAll(texts.Take(8).Select(t => host.RunAsync(host.Job([t]))));
        for (int text = 0; text < alone.Length; text++)
        {
            Assert.Equal(together.AsSpan(text * RandomEmbedder.Dimensions, RandomEmbedder.Dimensions).ToArray(), alone[text].Vectors);
        }
    }

    [Fact]
    public async Task The_model_says_what_it_is()
    {
        await using EmbedHost host = await EmbedHost.OpenAsync();
        ModelInfo info = host.Model;
        Assert.Equal(("cocoon-embed/1", RandomEmbedder.Dimensions, 0, true), (info.Contract, info.Dimensions, info.MaxTokens, info.Deterministic));
    }

    [Fact]
    public async Task A_job_that_is_none_for_it_is_refused_naming_the_parameter()
    {
        await using EmbedHost host = await EmbedHost.OpenAsync();
        JobSpec sound = host.Job(Texts);
        (JobSpec Job, InferenceErrorCode Code, string Words)[] cases =
        [
            (sound with { Inputs = [] }, InferenceErrorCode.BadParameter, "embeds"),
            (sound with { Inputs = [1] }, InferenceErrorCode.BadParameter, "lengths"),
            (sound with { Inputs = [.. sound.Inputs, 0] }, InferenceErrorCode.BadParameter, "empty"),
            (sound with { Inputs = [.. Enumerable.Repeat(1, 257)] }, InferenceErrorCode.BadParameter, "256"),
            (host.Job([[RandomEmbedder.Vocabulary]]), InferenceErrorCode.BadParameter, "vocabulary"),
            (host.Job([new int[RandomEmbedder.Context + 1]]), InferenceErrorCode.PromptTooLong, "takes 64"),
            (sound with { TopLogprobs = 0 }, InferenceErrorCode.BadParameter, "measure"),
        ];
        foreach ((JobSpec job, InferenceErrorCode code, string words) in cases)
        {
            InferenceException refusal = await Assert.ThrowsAsync<InferenceException>(
                () => host.Backend.AdmitAsync(job, TestContext.Current.CancellationToken).AsTask());
            Assert.Equal(code, refusal.Code);
            Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_graph_that_is_not_of_the_contract_is_refused()
    {
        using TempFolder folder = new();
        Action<OnnxFile>[] bends =
        [
            file => file.Input("more", OnnxFile.Int64, "N"),
            file => file.Output("more", OnnxFile.Float32, "B", 2),
            file => file.Node("", "Loop", ["zero"], ["x"]),
            file => file.Node("", "RandomNormal", [], ["x"]),
            file => file.Node("", "Tanh", ["sums"], ["x"]),
        ];
        for (int i = 0; i < bends.Length; i++)
        {
            RandomEmbedder.WriteTo(folder[$"m{i}"], RandomEmbedder.Build(bends[i]).Graph);
            ModelStore store = new(folder[$"s{i}"]);
            ModelManifest manifest = store.Add(folder[$"m{i}"]);
            Assert.Equal(
                InferenceErrorCode.ModelInvalid,
                Assert.Throws<InferenceException>(() => CocoonP2P.Inference.Runtime.ModelParts.Read(store, manifest)).Code);
        }
    }
}
