using System.Text.Json;
using CocoonP2P.Node.Http;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Node.Http;

public sealed class ChatRequestTests
{
    private const string Turn = """{"role":"user","content":"hello"}""";

    [Theory]
    [InlineData("\"model\":7", "model")]
    [InlineData("\"messages\":{}", "messages")]
    [InlineData("\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]", "messages.role")]
    [InlineData("\"messages\":[{\"role\":\"user\"}]", "messages.content")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":7}]", "messages.content")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"temperature\":2.5", "temperature")]
    [InlineData("\"temperature\":\"hot\"", "temperature")]
    [InlineData("\"top_p\":0", "top_p")]
    [InlineData("\"top_k\":-1", "top_k")]
    [InlineData("\"min_p\":2", "min_p")]
    [InlineData("\"presence_penalty\":3", "presence_penalty")]
    [InlineData("\"frequency_penalty\":-3", "frequency_penalty")]
    [InlineData("\"repetition_penalty\":0", "repetition_penalty")]
    [InlineData("\"seed\":1.5", "seed")]
    [InlineData("\"stop\":[\"\"]", "stop")]
    [InlineData("\"stop\":7", "stop")]
    [InlineData("\"stream\":\"yes\"", "stream")]
    [InlineData("\"stream_options\":{\"more\":true}", "stream_options.more")]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"tools\":[]", "tools")]
    [InlineData("\"logprobs\":true", "logprobs")]
    public void A_bad_field_is_named_and_never_ignored(string field, string name)
    {
        string rest = name.StartsWith("messages", StringComparison.Ordinal) ? "" : $",\"messages\":[{Turn}]";
        CocoonException refused = Assert.Throws<CocoonException>(() => Read($"{{\"model\":\"m\"{rest},{field}}}"));
        Assert.Equal(ErrorCode.Usage, refused.Code);
        Assert.StartsWith(name + ":", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.Hint);
    }

    [Theory]
    [InlineData("[]", "the body")]
    [InlineData("{}", "model")]
    [InlineData("{\"model\":\"m\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "messages")]
    public void What_is_missing_is_named(string body, string name) =>
        Assert.StartsWith(name + ":", Assert.Throws<CocoonException>(() => Read(body)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_supported_field_reaches_the_order()
    {
        ChatRequest request = Read(
            $$"""
            {"model":"m","messages":[{"role":"developer","content":[{"type":"text","text":"be"},{"type":"text","text":" kind"}]},{{Turn}}],
             "max_tokens":9,"temperature":0.5,"top_p":0.9,"top_k":3,"min_p":0.1,"presence_penalty":1,"frequency_penalty":-1,
             "repetition_penalty":1.5,"seed":-1,"stop":"end","stream":true,"stream_options":{"include_usage":true},"n":1,"user":"someone"}
            """,
            "0.01 TON");

        Assert.True(request.Stream && request.IncludeUsage);
        Assert.Equal(["system", "user"], request.Order.Chat!.Turns.Select(t => t.Role));
        Assert.Equal("be kind", request.Order.Chat!.Turns[0].Content);
        Assert.Equal(9, request.Order.MaxTokens);
        Assert.Equal(ulong.MaxValue, request.Order.Sampling.Seed);
        Assert.Equal(1.5f, request.Order.Sampling.RepetitionPenalty);
        Assert.Equal(["end"], request.Order.Stop);
        Assert.Equal(new NanoTon(10_000_000), request.Order.Terms.MaxCost);
    }

    [Fact]
    public void A_most_cost_without_a_unit_is_refused() => Assert.StartsWith(
        "Cocoon-Max-Cost:", Assert.Throws<CocoonException>(() => Read($"{{\"model\":\"m\",\"messages\":[{Turn}]}}", "0.01")).Message, StringComparison.Ordinal);

    private static ChatRequest Read(string json, string? maxCost = null)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return ChatRequest.Read(document.RootElement, maxCost);
    }
}
