using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using CocoonP2P.Tests.Node.Http.Support;
using OpenAI;
using OpenAI.Chat;

namespace CocoonP2P.Sdk;

/// <summary>NuGet OpenAI.</summary>
public sealed class OpenAiTests(Endpoint endpoint) : IClassFixture<Endpoint>
{
    private static readonly ChatTool Weather = ChatTool.CreateFunctionTool(
        "weather", "Says how it is.", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}"""), functionSchemaIsStrict: true);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat()
    {
        ChatCompletion answer = await Client().CompleteChatAsync([new UserChatMessage("good day")], cancellationToken: Cancelled);
        Assert.Equal("You said: good day", answer.Content[0].Text);
        Assert.Equal(6, answer.Usage.TotalTokenCount);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Fact]
    public async Task Stream()
    {
        StringBuilder text = new();
        ChatTokenUsage? usage = null;
        await foreach (StreamingChatCompletionUpdate update in Client().CompleteChatStreamingAsync([new UserChatMessage("good day")], cancellationToken: Cancelled))
        {
            text.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
            usage = update.Usage ?? usage;
        }

        Assert.Equal("You said: good day", text.ToString());
        Assert.Equal(4, usage!.OutputTokenCount);
    }

    [Fact]
    public async Task Tools()
    {
        ChatCompletionOptions options = new() { Tools = { Weather }, ToolChoice = ChatToolChoice.CreateRequiredChoice(), AllowParallelToolCalls = false };
        List<ChatMessage> messages = [new UserChatMessage("rain?")];
        ChatCompletion call = await Client().CompleteChatAsync(messages, options, Cancelled);
        Assert.Equal(ChatFinishReason.ToolCalls, call.FinishReason);
        using JsonDocument arguments = JsonDocument.Parse(call.ToolCalls[0].FunctionArguments);
        Assert.Equal("Paris, the \"city\"", arguments.RootElement.GetProperty("city").GetString());
        messages.AddRange([new AssistantChatMessage(call), new ToolChatMessage(call.ToolCalls[0].Id, "sunny")]);
        ChatCompletion answer = await Client().CompleteChatAsync(messages, new ChatCompletionOptions { Tools = { Weather } }, Cancelled);
        Assert.Equal("The tool says: sunny", answer.Content[0].Text);
    }

    [Fact]
    public async Task Structured()
    {
        ChatCompletionOptions options = new()
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("person", BinaryData.FromString(Person.Schema), jsonSchemaIsStrict: true),
        };
        ChatCompletion answer = await Client().CompleteChatAsync([new UserChatMessage("who?")], options, Cancelled);
        Assert.Equal(Person.Ada, JsonSerializer.Deserialize<Person>(answer.Content[0].Text, JsonSerializerOptions.Web));
    }

    [Fact]
    public async Task Logprobs()
    {
        ChatCompletionOptions options = new() { IncludeLogProbabilities = true, TopLogProbabilityCount = 2 };
        ChatCompletion answer = await Client().CompleteChatAsync([new UserChatMessage("x")], options, Cancelled);
        Assert.Equal(["You", " said:", " x"], answer.ContentTokenLogProbabilities.Select(token => token.Token));
        Assert.Equal(2, answer.ContentTokenLogProbabilities[0].TopLogProbabilities.Count);
    }

    [Fact]
    public async Task Stop()
    {
        ChatCompletionOptions options = new() { StopSequences = { " two" }, Seed = 7, Temperature = 0, MaxOutputTokenCount = 9, EndUserId = "me" };
        ChatCompletion answer = await Client().CompleteChatAsync([new SystemChatMessage("s"), new UserChatMessage("one two")], options, Cancelled);
        Assert.Equal("You said: one", answer.Content[0].Text);
    }

    [Fact]
    public async Task Embeddings()
    {
        OpenAI.Embeddings.OpenAIEmbeddingCollection vectors =
            await Root().GetEmbeddingClient(ScriptedNode.Embedder).GenerateEmbeddingsAsync(["cat", "dog"], cancellationToken: Cancelled);
        Assert.Equal(Script.Vector("dog"), vectors[1].ToFloats().ToArray());
    }

    [Fact]
    public async Task Models()
    {
        OpenAI.Models.OpenAIModelCollection models = await Root().GetOpenAIModelClient().GetModelsAsync(Cancelled);
        Assert.Contains(models, model => model.Id == ScriptedNode.Model);
    }

    [Fact]
    public async Task Errors()
    {
        foreach ((string prompt, int status) in Endpoint.Failures)
        {
            Assert.Equal(status, (await FailsAsync(Client(), prompt)).Status);
        }

        Assert.Equal(404, (await FailsAsync(Root().GetChatClient("none"), "x")).Status);
        Assert.Equal(413, (await FailsAsync(Client(), new string('x', 5 << 20))).Status);
        Assert.Equal(401, (await FailsAsync(Client(new string('?', 40)), "x")).Status);
        Assert.Equal(403, (await FailsAsync(Client(Endpoint.PoorToken), "x")).Status);
    }

    [Fact]
    public async Task Cancel()
    {
        int count = 0;
        await foreach (StreamingChatCompletionUpdate update in Client().CompleteChatStreamingAsync([new UserChatMessage("endless")], cancellationToken: Cancelled))
        {
            if (++count == 5)
            {
                break;
            }
        }

        await endpoint.IdleAsync();
    }

    private static async Task<ClientResultException> FailsAsync(ChatClient client, string prompt) =>
        await Assert.ThrowsAsync<ClientResultException>(async () => await client.CompleteChatAsync([new UserChatMessage(prompt)], cancellationToken: Cancelled));

    private OpenAIClient Root(string? token = null) => new(
        new ApiKeyCredential(token ?? Endpoint.Token), new OpenAIClientOptions { Endpoint = endpoint.Address, RetryPolicy = new ClientRetryPolicy(0) });

    private ChatClient Client(string? token = null) => Root(token).GetChatClient(ScriptedNode.Model);
}
