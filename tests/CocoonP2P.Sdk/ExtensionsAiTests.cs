using System.ClientModel;
using System.ClientModel.Primitives;
using CocoonP2P.Tests.Node.Http.Support;
using Microsoft.Extensions.AI;
using OpenAI;

namespace CocoonP2P.Sdk;

/// <summary>NuGet Microsoft.Extensions.AI.OpenAI, with the middleware of Microsoft.Extensions.AI around it.</summary>
public sealed class ExtensionsAiTests(Endpoint endpoint) : IClassFixture<Endpoint>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat()
    {
        using IChatClient client = Client();
        ChatResponse answer = await client.GetResponseAsync("good day", cancellationToken: Cancelled);
        Assert.Equal("You said: good day", answer.Text);
        Assert.Equal(6, answer.Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task Stream()
    {
        using IChatClient client = Client();
        ChatResponse answer = await client.GetStreamingResponseAsync("good day", cancellationToken: Cancelled).ToChatResponseAsync(Cancelled);
        Assert.Equal("You said: good day", answer.Text);
        Assert.Equal(4, answer.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task Tools()
    {
        string asked = "";
        AIFunction weather = AIFunctionFactory.Create((string city) => (asked = city).Length > 0 ? "sunny" : "", "weather", "Says how it is.");
        using IChatClient client = new ChatClientBuilder(Client()).UseFunctionInvocation().Build();
        ChatOptions options = new() { Tools = [weather] };
        Assert.Contains("sunny", (await client.GetResponseAsync("rain?", options, Cancelled)).Text, StringComparison.Ordinal);
        Assert.Equal("Paris, the \"city\"", asked);
        ChatResponse streamed = await client.GetStreamingResponseAsync("rain?", options, Cancelled).ToChatResponseAsync(Cancelled);
        Assert.Contains("sunny", streamed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Structured()
    {
        using IChatClient client = Client();
        Assert.Equal(Person.Ada, (await client.GetResponseAsync<Person>("who?", cancellationToken: Cancelled)).Result);
    }

    [Fact]
    public async Task Stop()
    {
        using IChatClient client = Client();
        ChatOptions options = new() { StopSequences = [" two"], Seed = 7, Temperature = 0, TopP = 1, MaxOutputTokens = 9, FrequencyPenalty = 0, PresencePenalty = 0 };
        Assert.Equal("You said: one", (await client.GetResponseAsync("one two", options, Cancelled)).Text);
    }

    [Fact]
    public async Task Embeddings()
    {
        using IEmbeddingGenerator<string, Embedding<float>> client = Root().GetEmbeddingClient(ScriptedNode.Embedder).AsIEmbeddingGenerator();
        GeneratedEmbeddings<Embedding<float>> vectors = await client.GenerateAsync(["cat", "dog"], cancellationToken: Cancelled);
        Assert.Equal(Script.Vector("dog"), vectors[1].Vector.ToArray());
    }

    [Fact]
    public async Task Errors()
    {
        using IChatClient client = Client(), stranger = Client(new string('?', 40)), poor = Client(Endpoint.PoorToken);
        foreach ((string prompt, int status) in Endpoint.Failures.Concat([]))
        {
            Assert.Equal(status, await FailsAsync(client, prompt));
        }

        Assert.Equal((401, 403), (await FailsAsync(stranger, "x"), await FailsAsync(poor, "x")));
    }

    [Fact]
    public async Task Cancel()
    {
        using IChatClient client = Client();
        int count = 0;
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("endless", cancellationToken: Cancelled))
        {
            if (++count == 5)
            {
                break;
            }
        }

        await endpoint.IdleAsync();
    }

    private static async Task<int> FailsAsync(IChatClient client, string prompt) =>
        (await Assert.ThrowsAsync<ClientResultException>(() => client.GetResponseAsync(prompt, cancellationToken: Cancelled))).Status;

    private OpenAIClient Root(string? token = null) => new(
        new ApiKeyCredential(token ?? Endpoint.Token), new OpenAIClientOptions { Endpoint = endpoint.Address, RetryPolicy = new ClientRetryPolicy(0) });

    private IChatClient Client(string? token = null) => Root(token).GetChatClient(ScriptedNode.Model).AsIChatClient();
}
