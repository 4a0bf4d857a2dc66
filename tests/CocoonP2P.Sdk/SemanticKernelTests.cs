using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using CocoonP2P.Tests.Node.Http.Support;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI;

namespace CocoonP2P.Sdk;

/// <summary>NuGet Microsoft.SemanticKernel.</summary>
public sealed class SemanticKernelTests(Endpoint endpoint) : IClassFixture<Endpoint>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat() => Assert.Equal("You said: good day", (await AskAsync("good day")).Content);

    [Fact]
    public async Task Stream()
    {
        StringBuilder text = new();
        Kernel kernel = Kernel();
        await foreach (StreamingChatMessageContent piece in Service(kernel).GetStreamingChatMessageContentsAsync(
            new ChatHistory("good day", AuthorRole.User), null, kernel, Cancelled))
        {
            text.Append(piece.Content);
        }

        Assert.Equal("You said: good day", text.ToString());
    }

    [Fact]
    public async Task Tools()
    {
        Kernel kernel = Kernel();
        string asked = "";
        kernel.Plugins.AddFromFunctions("sky", [KernelFunctionFactory.CreateFromMethod((string city) => (asked = city).Length > 0 ? "sunny" : "", "weather", "Says how it is.")]);
        OpenAIPromptExecutionSettings settings = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        ChatMessageContent answer = await Service(kernel).GetChatMessageContentAsync(new ChatHistory("rain?", AuthorRole.User), settings, kernel, Cancelled);
        Assert.Equal("The tool says: sunny", answer.Content);
        Assert.Equal("Paris, the \"city\"", asked);
    }

    [Fact]
    public async Task Structured()
    {
        ChatMessageContent answer = await AskAsync("who?", new OpenAIPromptExecutionSettings { ResponseFormat = typeof(Person) });
        Assert.Equal(Person.Ada, System.Text.Json.JsonSerializer.Deserialize<Person>(answer.Content!, System.Text.Json.JsonSerializerOptions.Web));
    }

    [Fact]
    public async Task Stop() => Assert.Equal(
        "You said: one", (await AskAsync("one two", new OpenAIPromptExecutionSettings { StopSequences = [" two"], Seed = 7, Temperature = 0, MaxTokens = 9 })).Content);

    [Fact]
    public async Task Errors()
    {
        foreach ((string prompt, int status) in Endpoint.Failures)
        {
            Assert.Equal(status, await FailsAsync(Endpoint.Token, prompt));
        }

        Assert.Equal((401, 403), (await FailsAsync(new string('?', 40), "x"), await FailsAsync(Endpoint.PoorToken, "x")));
    }

    [Fact]
    public async Task Cancel()
    {
        Kernel kernel = Kernel();
        int count = 0;
        await foreach (StreamingChatMessageContent piece in Service(kernel).GetStreamingChatMessageContentsAsync(
            new ChatHistory("endless", AuthorRole.User), null, kernel, Cancelled))
        {
            if (++count == 5)
            {
                break;
            }
        }

        await endpoint.IdleAsync();
    }

    private static IChatCompletionService Service(Kernel kernel) => kernel.GetRequiredService<IChatCompletionService>();

    private async Task<int> FailsAsync(string token, string prompt) =>
        (int)(await Assert.ThrowsAsync<HttpOperationException>(() => AskAsync(prompt, null, token))).StatusCode!;

    private async Task<ChatMessageContent> AskAsync(string prompt, OpenAIPromptExecutionSettings? settings = null, string? token = null)
    {
        Kernel kernel = Kernel(token);
        return await Service(kernel).GetChatMessageContentAsync(new ChatHistory(prompt, AuthorRole.User), settings, kernel, Cancelled);
    }

    private Kernel Kernel(string? token = null) => Microsoft.SemanticKernel.Kernel.CreateBuilder().AddOpenAIChatCompletion(
        ScriptedNode.Model,
        new OpenAIClient(new ApiKeyCredential(token ?? Endpoint.Token), new OpenAIClientOptions { Endpoint = endpoint.Address, RetryPolicy = new ClientRetryPolicy(0) })).Build();
}
