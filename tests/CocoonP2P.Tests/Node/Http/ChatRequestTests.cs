using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Http.Requests;

namespace CocoonP2P.Tests.Node.Http;

public sealed class ChatRequestTests
{
    private const string Turn = """{"role":"user","content":"hello"}""";
    private const string Tool = """{"type":"function","function":{"name":"w","description":"d","strict":true,"parameters":{"type":"object"}}}""";

    [Theory]
    [InlineData("\"model\":7", "model")]
    [InlineData("\"messages\":{}", "messages")]
    [InlineData("\"messages\":[7]", "messages[0]")]
    [InlineData("\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]", "messages[0].tool_call_id")]
    [InlineData("\"messages\":[{\"role\":\"chef\",\"content\":\"x\"}]", "messages[0].role")]
    [InlineData("\"messages\":[{\"role\":\"user\"}]", "messages[0].content")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":7}]", "messages[0].content")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}]", "messages[0].content[0].type")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"audio\":{}}]", "messages[0].audio")]
    [InlineData("\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"w\"}}]}]", "messages[0].tool_calls")]
    [InlineData("\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"w\",\"arguments\":\"[]\"}}]}]", "messages[0].tool_calls[0].function.arguments")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_tokens\":9,\"max_completion_tokens\":8", "max_completion_tokens")]
    [InlineData("\"temperature\":2.5", "temperature")]
    [InlineData("\"temperature\":\"hot\"", "temperature")]
    [InlineData("\"temperature\":1e400", "temperature")]
    [InlineData("\"top_p\":0", "top_p")]
    [InlineData("\"top_k\":-1", "top_k")]
    [InlineData("\"min_p\":2", "min_p")]
    [InlineData("\"presence_penalty\":3", "presence_penalty")]
    [InlineData("\"frequency_penalty\":-3", "frequency_penalty")]
    [InlineData("\"repetition_penalty\":0", "repetition_penalty")]
    [InlineData("\"seed\":1.5", "seed")]
    [InlineData("\"seed\":99999999999999999999", "seed")]
    [InlineData("\"logit_bias\":{\"cat\":1}", "logit_bias")]
    [InlineData("\"logit_bias\":{\"7\":101}", "logit_bias.7")]
    [InlineData("\"stop\":[\"\"]", "stop")]
    [InlineData("\"stop\":7", "stop")]
    [InlineData("\"stop\":[\"a\",7]", "stop[1]")]
    [InlineData("\"stream\":\"yes\"", "stream")]
    [InlineData("\"stream_options\":{\"include_usage\":true}", "stream_options")]
    [InlineData("\"stream\":true,\"stream_options\":{\"more\":true}", "stream_options.more")]
    [InlineData("\"n\":9", "n")]
    [InlineData("\"n\":0", "n")]
    [InlineData("\"tools\":{}", "tools")]
    [InlineData("\"tools\":[{\"type\":\"web_search\"}]", "tools[0].type")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]", "tools[0].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":7}}]", "tools[0].function.parameters")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},{\"type\":\"function\",\"function\":{\"name\":\"a\"}}]", "tools")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"none\"}}", "tool_choice")]
    [InlineData("\"tools\":[" + Tool + "],\"response_format\":{\"type\":\"json_object\"}", "response_format")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format.type")]
    [InlineData("\"response_format\":{}", "response_format.type")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "response_format.json_schema")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":[]}}", "response_format.json_schema.schema")]
    [InlineData("\"logprobs\":1", "logprobs")]
    [InlineData("\"top_logprobs\":2", "top_logprobs")]
    [InlineData("\"logprobs\":true,\"top_logprobs\":21", "top_logprobs")]
    [InlineData("\"store\":true", "store")]
    [InlineData("\"modalities\":[\"audio\"]", "modalities")]
    [InlineData("\"service_tier\":\"flex\"", "service_tier")]
    [InlineData("\"prediction\":{}", "prediction")]
    [InlineData("\"functions\":[]", "functions")]
    [InlineData("\"reasoning_effort\":\"high\"", "reasoning_effort")]
    public void A_bad_field_is_named_and_never_ignored(string field, string name)
    {
        string rest = name.StartsWith("messages", StringComparison.Ordinal) ? "" : $",\"messages\":[{Turn}]";
        string model = name == "model" ? "" : "\"model\":\"m\",";
        BadFieldException refused = Assert.Throws<BadFieldException>(() => Read($"{{{model}{field}{rest}}}"));
        Assert.Equal(name, refused.Field);
        Assert.NotEmpty(refused.Hint);
    }

    [Theory]
    [InlineData("[]", "the body")]
    [InlineData("{}", "model")]
    [InlineData("{\"model\":\"m\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "messages")]
    public void What_is_missing_is_named(string body, string name) =>
        Assert.Equal(name, Assert.Throws<BadFieldException>(() => Read(body)).Field);

    [Fact]
    public void Every_supported_field_reaches_the_order()
    {
        ChatRequest request = Read(
            $$"""
            {"model":"m","messages":[{"role":"developer","content":[{"type":"text","text":"be"},{"type":"text","text":" kind"}]},{{Turn}}],
             "max_tokens":9,"temperature":0.5,"top_p":0.9,"top_k":3,"min_p":0.1,"presence_penalty":1,"frequency_penalty":-1,
             "repetition_penalty":1.5,"seed":-1,"logit_bias":{"7":-100},"stop":"end","stream":true,"stream_options":{"include_usage":true},"n":2,
             "user":"someone","logprobs":true,"top_logprobs":3,"response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object"} } } }
            """);

        ChatOrder order = request.Order;
        Assert.True(request.Shape is { Stream: true, IncludeUsage: true });
        Assert.Equal(["system", "user"], order.Chat!.Turns.Select(t => t.Role));
        Assert.Equal("be kind", order.Chat!.Turns[0].Content);
        Assert.Equal((9, 2, 3), (order.MaxTokens, order.Choices, order.TopLogprobs));
        Assert.Equal(ulong.MaxValue, order.Sampling.Seed);
        Assert.Equal(1.5f, order.Sampling.RepetitionPenalty);
        Assert.Equal([new LogitBias(7, -100)], order.Sampling.Bias);
        Assert.Equal(["end"], order.Stop);
        Assert.Equal(new OutputGrammar(GrammarKind.JsonSchema, """{"type":"object"}"""), order.Grammar);
    }

    [Fact]
    public void Null_means_that_a_field_is_absent()
    {
        ChatRequest request = Read(
            $$"""{"model":"m","messages":[{{Turn}}],"max_tokens":null,"temperature":null,"tools":null,"n":null,"stop":null,"stream":null,"response_format":null,"audio":null}""");
        Assert.Equal((null, 1, false), (request.Order.MaxTokens, request.Order.Choices, request.Shape.Stream));
    }

    [Fact]
    public void What_asks_for_nothing_is_taken() =>
        Read($$"""{"model":"m","messages":[{{Turn}}],"store":false,"modalities":["text"],"service_tier":"auto","parallel_tool_calls":false,"tool_choice":"auto"}""");

    [Theory]
    [InlineData("\"auto\"", "{\"mode\":\"auto\",\"parallel\":true,\"tools\":[{\"name\":\"w\",\"parameters\":{\"type\":\"object\"}}]}")]
    [InlineData("\"required\"", "{\"mode\":\"required\",\"parallel\":true,\"tools\":[{\"name\":\"w\",\"parameters\":{\"type\":\"object\"}}]}")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"w\"}}", "{\"mode\":\"required\",\"parallel\":true,\"tools\":[{\"name\":\"w\",\"parameters\":{\"type\":\"object\"}}]}")]
    public void Tools_become_a_grammar(string choice, string schema)
    {
        ChatOrder order = Read($$"""{"model":"m","messages":[{{Turn}}],"tools":[{{Tool}}],"tool_choice":{{choice}}}""").Order;
        Assert.Equal(new OutputGrammar(GrammarKind.Tools, schema), order.Grammar);
        Assert.Equal("w", Assert.Single(order.Chat!.Tools).Name);
    }

    [Fact]
    public void No_tool_is_offered_where_none_may_be_called()
    {
        ChatOrder order = Read($$"""{"model":"m","messages":[{{Turn}}],"tools":[{{Tool}}],"tool_choice":"none"}""").Order;
        Assert.Null(order.Grammar);
        Assert.Empty(order.Chat!.Tools);
    }

    [Fact]
    public void Calls_and_results_come_back_into_the_conversation()
    {
        ChatOrder order = Read(
            """
            {"model":"m","messages":[{"role":"user","content":"x"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"w","arguments":"{\"a\":1}"}}],"refusal":null},
             {"role":"tool","tool_call_id":"c1","content":[{"type":"text","text":"sunny"}]}]}
            """).Order;
        Assert.Equal(new CocoonP2P.Text.ToolCall("c1", "w", "{\"a\":1}"), Assert.Single(order.Chat!.Turns[1].ToolCalls));
        Assert.Equal(("tool", "c1", "sunny"), (order.Chat.Turns[2].Role, order.Chat.Turns[2].ToolCallId, order.Chat.Turns[2].Content));
    }

    private static ChatRequest Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, RequestBody.Strict);
        return ChatReader.Read(new Field("", document.RootElement), OrderTerms.Default);
    }
}
