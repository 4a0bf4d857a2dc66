using CocoonP2P.Sessions;
using CocoonP2P.Tests.Node.Http.Support;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Tests.Client;

/// <summary>What an answer carries.</summary>
public sealed class AnswerTests
{
    private readonly ClientScene _scene = new();

    [Fact]
    public async Task A_whole_answer_has_text_usage_cost_and_who_gave_it()
    {
        ChatResponse answer = await _scene.AskAsync("Hello there");
        Assert.Equal("You said: Hello there", answer.Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal((2L, 4L, 6L), (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount));
        AdditionalPropertiesDictionary told = answer.AdditionalProperties!;
        Assert.Equal(64, Assert.IsType<string>(told["cocoon.job"]).Length);
        Assert.Equal("worker", told["cocoon.worker"]);
        Assert.StartsWith("simulated; tcb=UpToDate; until=", Assert.IsType<string>(told["cocoon.verdict"]), StringComparison.Ordinal);
        Assert.Equal(6_000L, told["cocoon.cost"]);
        Assert.Equal(false, told["cocoon.resumed"]);
        Assert.True(Assert.IsType<Verdict>(answer.RawRepresentation).Accepted);
    }

    [Fact]
    public async Task A_streamed_answer_is_the_whole_one_in_pieces_with_its_usage_at_the_end()
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in _scene.Client.GetStreamingResponseAsync("Hello there", null, ClientScene.Token))
        {
            updates.Add(update);
        }

        Assert.Equal("You said: Hello there", string.Concat(updates.Select(u => u.Text)));
        Assert.Equal(6, updates.Count);
        Assert.Single(updates[^1].Contents.OfType<UsageContent>());
        Assert.Single(updates.Select(u => (u.ResponseId, u.MessageId, u.ModelId, u.Role)).Distinct());
        Assert.Equal("worker", updates[0].AdditionalProperties!["cocoon.worker"]);
    }

    [Fact]
    public async Task An_answer_that_another_worker_went_on_with_says_so()
    {
        ChatResponse answer = await _scene.AskAsync("resume");
        Assert.Equal(true, answer.AdditionalProperties!["cocoon.resumed"]);
        Assert.Equal("another", answer.AdditionalProperties["cocoon.worker"]);
        Assert.Equal("You said: resume", answer.Text);
    }

    [Fact]
    public async Task An_answer_that_reached_its_limit_says_so() =>
        Assert.Equal(ChatFinishReason.Length, (await _scene.AskAsync("a b c d", new ChatOptions { MaxOutputTokens = 2 })).FinishReason);

    [Fact]
    public async Task Leaving_a_stream_ends_the_job()
    {
        await foreach (ChatResponseUpdate update in _scene.Client.GetStreamingResponseAsync("endless", null, ClientScene.Token))
        {
            if (update.Text.Length > 0)
            {
                Assert.Equal(1, _scene.Node.Running);
                break;
            }
        }

        Assert.Equal(0, _scene.Node.Running);
    }

    [Fact]
    public async Task Cancelling_ends_the_job()
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ClientScene.Token);
        Task<ChatResponse> asking = _scene.Client.GetResponseAsync("endless", null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(0, _scene.Node.Running);
    }

    [Fact]
    public async Task Embeddings_come_in_order_and_can_be_shortened()
    {
        GeneratedEmbeddings<Embedding<float>> made = await _scene.Embeddings.GenerateAsync(
            ["one", "two"], new EmbeddingGenerationOptions { Dimensions = 4 }, ClientScene.Token);
        Assert.Equal(2, made.Count);
        Assert.All(made, e => Assert.Equal(1, e.Vector.ToArray().Sum(x => x * x), 0.0001));
        Assert.NotEqual(made[0].Vector.ToArray(), made[1].Vector.ToArray());
        Assert.Equal(2, made.Usage!.InputTokenCount);
        Assert.Equal(2_000L, made.AdditionalProperties!["cocoon.cost"]);
        Assert.Equal(ScriptedNode.Dimensions, (await _scene.Embeddings.GenerateVectorAsync("one", null, ClientScene.Token)).Length);
        Assert.Empty(await _scene.Embeddings.GenerateAsync([], null, ClientScene.Token));
    }

    [Fact]
    public void Metadata_names_provider_and_model()
    {
        ChatClientMetadata chat = _scene.Client.GetService<ChatClientMetadata>()!;
        Assert.Equal(("cocoon", ScriptedNode.Model), (chat.ProviderName, chat.DefaultModelId));
        EmbeddingGeneratorMetadata embedding = _scene.Embeddings.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("cocoon", ScriptedNode.Embedder), (embedding.ProviderName, embedding.DefaultModelId));
        Assert.Same(_scene.Client, _scene.Client.GetService<CocoonClient>());
    }
}
