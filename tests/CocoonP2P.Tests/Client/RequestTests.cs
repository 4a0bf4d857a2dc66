using System.ComponentModel;
using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using CocoonP2P.Text;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Tests.Client;

/// <summary>Each option of a request reaches the order, or is refused by name.</summary>
public sealed class RequestTests
{
    private readonly ClientScene _scene = new();

    [Fact]
    public async Task Every_option_of_sampling_reaches_the_order()
    {
        ChatOrder order = await OrderAsync(new ChatOptions
        {
            Seed = -1, Temperature = 0.5f, TopP = 0.9f, TopK = 40, PresencePenalty = 1, FrequencyPenalty = -1, MaxOutputTokens = 9, StopSequences = ["x"],
        });
        SamplingParameters sampling = order.Sampling;
        Assert.Equal(ulong.MaxValue, sampling.Seed);
        Assert.Equal((0.5f, 0.9f, 40, 1f, -1f), (sampling.Temperature, sampling.TopP, sampling.TopK, sampling.PresencePenalty, sampling.FrequencyPenalty));
        Assert.Equal(9, order.MaxTokens);
        Assert.Equal(["x"], order.Stop);
    }

    [Fact]
    public async Task A_seed_is_drawn_where_the_user_gave_none() =>
        Assert.Equal(0x0707070707070707UL, (await OrderAsync(new ChatOptions())).Sampling.Seed);

    [Fact]
    public async Task Instructions_come_before_the_conversation_and_images_are_refused()
    {
        ChatOrder order = await OrderAsync(new ChatOptions { Instructions = "Be brief." });
        Assert.Equal([new ChatTurn("system", "Be brief."), new ChatTurn("user", "Hi")], order.Chat!.Turns.Select(t => new ChatTurn(t.Role, t.Content)));
        await Assert.ThrowsAsync<ArgumentException>(() => _scene.Client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png")])], null, ClientScene.Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _scene.Client.GetResponseAsync([], null, ClientScene.Token));
    }

    [Fact]
    public async Task Properties_set_cost_tenant_key_and_time()
    {
        ChatOrder order = await OrderAsync(new ChatOptions
        {
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                ["cocoon.max_cost"] = 5_000L, ["cocoon.tenant"] = "a", ["cocoon.idempotency_key"] = "k", ["cocoon.timeout"] = TimeSpan.FromSeconds(3),
            },
        });
        Assert.Equal(new OrderTerms { MaxCost = new NanoTon(5_000), Tenant = "a", IdempotencyKey = "k", Timeout = TimeSpan.FromSeconds(3) }, order.Terms);
    }

    [Fact]
    public async Task A_schema_is_a_grammar()
    {
        JsonElement schema = JsonElement.Parse("""{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}""");
        ChatOrder order = await OrderAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) });
        Assert.Equal(new OutputGrammar(GrammarKind.JsonSchema, schema.GetRawText()), order.Grammar);
        Assert.Equal(GrammarKind.JsonObject, (await OrderAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Json })).Grammar!.Kind);
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("auto", "\"mode\":\"auto\"")]
    [InlineData("required", "\"mode\":\"required\"")]
    [InlineData("weather", "\"tools\":[{\"name\":\"weather\"")]
    public async Task Tools_make_a_grammar_by_their_mode(string mode, string? words)
    {
        ChatToolMode tools = mode switch
        {
            "none" => ChatToolMode.None, "auto" => ChatToolMode.Auto, "required" => ChatToolMode.RequireAny, _ => ChatToolMode.RequireSpecific(mode),
        };
        ChatOrder order = await OrderAsync(new ChatOptions { Tools = [Tool("time"), Tool("weather")], ToolMode = tools });
        Assert.Equal(words is null ? 0 : 2, order.Chat!.Tools.Count);
        Assert.Equal(words is null, order.Grammar is null);
        Assert.Contains(words ?? "", order.Grammar?.Schema ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_done_is_refused_by_name(ChatOptions options, string words)
    {
        ArgumentException refused = await Assert.ThrowsAnyAsync<ArgumentException>(() => _scene.AskAsync("Hi", options));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_scene.Node.Orders);
    }

    public static TheoryData<ChatOptions, string> Refused => new()
    {
        { new ChatOptions { ConversationId = "1" }, "ConversationId" },
        { new ChatOptions { ToolMode = ChatToolMode.RequireAny }, "ToolMode" },
        { new ChatOptions { Tools = [new HostedWebSearchTool()] }, "HostedWebSearchTool" },
        { new ChatOptions { Tools = [Tool("time")], ResponseFormat = ChatResponseFormat.Json }, "ResponseFormat" },
        { new ChatOptions { AdditionalProperties = new AdditionalPropertiesDictionary { ["cocoon.max_cost"] = "much" } }, "cocoon.max_cost" },
        { new ChatOptions { AdditionalProperties = new AdditionalPropertiesDictionary { ["cocoon.max_cost"] = -1L } }, "cocoon.max_cost" },
    };

    private static AITool Tool(string name) => AIFunctionFactory.Create([Description("Looks it up.")] (string city) => city, name);

    private async Task<ChatOrder> OrderAsync(ChatOptions options)
    {
        await _scene.AskAsync("Hi", options);
        Assert.True(_scene.Node.Orders.TryDequeue(out ChatOrder? order));
        return order;
    }
}
