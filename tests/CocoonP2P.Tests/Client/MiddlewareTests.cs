using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;

namespace CocoonP2P.Tests.Client;

/// <summary>The middleware of Microsoft.Extensions.AI composes around a client.</summary>
public sealed class MiddlewareTests
{
    private readonly ClientScene _scene = new();

    [Fact]
    public async Task Functions_are_called_and_their_results_go_back_to_the_model()
    {
        List<string> asked = [];
        using IChatClient client = _scene.Client.AsBuilder().UseFunctionInvocation().Build();
        ChatResponse answer = await client.GetResponseAsync("What is the weather?", new ChatOptions
        {
            Tools = [AIFunctionFactory.Create((string city) => { asked.Add(city); return "sunny"; }, "weather")],
        }, ClientScene.Token);
        Assert.Equal(["Paris, the \"city\""], asked);
        Assert.Equal("The tool says: sunny", answer.Text);
        Assert.Equal(["user", "assistant", "tool"], _scene.Node.Orders.Last().Chat!.Turns.Select(t => t.Role));
        Assert.Equal("""{"city":"Paris, the \"city\""}""", _scene.Node.Orders.Last().Chat!.Turns[1].ToolCalls.Single().Arguments);
    }

    [Fact]
    public async Task Two_calls_of_one_answer_are_both_called()
    {
        int calls = 0;
        using IChatClient client = _scene.Client.AsBuilder().UseFunctionInvocation().Build();
        await client.GetResponseAsync("Ask twice", new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => calls++, "weather")] }, ClientScene.Token);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task An_answer_that_was_cached_is_bought_once()
    {
        MemoryDistributedCache cache = new(Microsoft.Extensions.Options.Options.Create(new MemoryDistributedCacheOptions()));
        using IChatClient client = _scene.Client.AsBuilder().UseDistributedCache(cache).Build();
        string first = (await client.GetResponseAsync("Hello", null, ClientScene.Token)).Text;
        Assert.Equal(first, (await client.GetResponseAsync("Hello", null, ClientScene.Token)).Text);
        List<ChatResponseUpdate> updates = [];
        for (int i = 0; i < 2; i++)
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Bye", null, ClientScene.Token))
            {
                updates.Add(update);
            }
        }

        Assert.Equal(2, _scene.Node.Orders.Count);
        Assert.Equal("You said: ByeYou said: Bye", string.Concat(updates.Select(u => u.Text)));
    }

    [Fact]
    public async Task A_trace_has_model_and_usage_and_never_the_prompt()
    {
        List<Activity> seen = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "library-test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using IChatClient client = _scene.Client.AsBuilder().UseOpenTelemetry(sourceName: "library-test").Build();
        await client.GetResponseAsync("a very secret prompt", null, ClientScene.Token);
        Activity chat = Assert.Single(seen);
        Assert.Equal("chat scripted", chat.DisplayName);
        Assert.Equal("cocoon", chat.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(4L, Convert.ToInt64(chat.GetTagItem("gen_ai.usage.input_tokens"), null));
        Assert.DoesNotContain(chat.TagObjects, tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) == true);
    }
}
