using System.Net;
using System.Text.Json;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Tests.Node.Http;

public sealed class ChatAnswerTests
{
    private const string Path = "/v1/chat/completions";
    private const string Tools = """[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]""";

    [Fact]
    public async Task A_whole_answer_has_text_usage_cost_and_who_gave_it()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        using HttpResponseMessage response = await endpoint.SendAsync(Path, Chat("good day"));
        JsonElement answer = await TestEndpoint.DocumentAsync(response);
        JsonElement choice = Assert.Single(answer.GetProperty("choices").EnumerateArray());
        Assert.Equal("chat.completion", answer.GetProperty("object").GetString());
        Assert.Equal("0123456789abcdef", answer.GetProperty("system_fingerprint").GetString());
        Assert.Equal("You said: good day", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(6, answer.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("0.000006 TON", answer.GetProperty("usage").GetProperty("cost").GetString());
        Assert.Equal("0.000006 TON", response.Headers.GetValues("Cocoon-Cost").Single());
        string job = response.Headers.GetValues("Cocoon-Job").Single();
        JsonElement cocoon = answer.GetProperty("cocoon");
        Assert.Equal("6000", cocoon.GetProperty("cost_nanoton").GetString());
        Assert.False(cocoon.GetProperty("resumed").GetBoolean());
        Assert.Equal(job, cocoon.GetProperty("jobs")[0].GetProperty("job").GetString());
        Assert.True(cocoon.GetProperty("jobs")[0].GetProperty("verdict").GetProperty("simulated").GetBoolean());
        Assert.StartsWith("simulated; tcb=UpToDate", response.Headers.GetValues("Cocoon-Attestation").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_the_whole_answer_in_pieces_and_ends_with_usage_and_provenance()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        IReadOnlyList<JsonElement> chunks = await endpoint.StreamAsync(
            Path, Chat("\\\"quoted\\\" day\\u2028", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        Assert.Equal("assistant", Delta(chunks[0]).GetProperty("role").GetString());
        Assert.Equal("You said: \"quoted\" day\u2028", Text(chunks));
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
        Assert.Equal(4, chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal("6000", chunks[^1].GetProperty("cocoon").GetProperty("cost_nanoton").GetString());
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
    }

    [Fact]
    public async Task Without_usage_the_last_chunk_says_where_the_answer_came_from()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        IReadOnlyList<JsonElement> chunks = await endpoint.StreamAsync(Path, Chat("resume", "\"stream\":true"));
        JsonElement cocoon = chunks[^1].GetProperty("cocoon");
        Assert.True(cocoon.GetProperty("resumed").GetBoolean());
        Assert.Equal(["worker", "another"], cocoon.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("worker").GetString()));
        Assert.False(chunks[0].TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task Choices_are_told_apart_and_paid_together()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement answer = await endpoint.PostAsync(Path, Chat("x", "\"n\":3,\"max_tokens\":2"));
        Assert.Equal([0, 1, 2], answer.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("index").GetInt32()));
        Assert.All(answer.GetProperty("choices").EnumerateArray(), c => Assert.Equal("length", c.GetProperty("finish_reason").GetString()));
        Assert.Equal(6, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        IReadOnlyList<JsonElement> chunks = await endpoint.StreamAsync(Path, Chat("x", "\"n\":3,\"stream\":true"));
        Assert.Equal(3, chunks.Count(c => c.GetProperty("choices")[0].GetProperty("finish_reason").GetString() == "stop"));
        Assert.Single(chunks, c => c.TryGetProperty("cocoon", out _));
    }

    [Theory]
    [InlineData("ask", 1)]
    [InlineData("ask twice", 2)]
    public async Task A_call_has_an_id_a_name_and_arguments_that_parse_streamed_or_whole(string prompt, int calls)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement choice = (await endpoint.PostAsync(Path, Chat(prompt, $"\"tools\":{Tools}"))).GetProperty("choices")[0];
        JsonElement[] whole = [.. choice.GetProperty("message").GetProperty("tool_calls").EnumerateArray()];
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
        Assert.Equal(calls, whole.Select(call => call.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(whole, call => Assert.Equal("weather", call.GetProperty("function").GetProperty("name").GetString()));
        Assert.All(whole, call => Assert.Equal("Paris, the \"city\"", City(call.GetProperty("function").GetProperty("arguments").GetString()!)));

        IReadOnlyList<JsonElement> chunks = await endpoint.StreamAsync(Path, Chat(prompt, $"\"stream\":true,\"tools\":{Tools}"));
        IGrouping<int, JsonElement>[] streamed = [.. chunks
            .Where(chunk => Delta(chunk).TryGetProperty("tool_calls", out _)).Select(chunk => Delta(chunk).GetProperty("tool_calls")[0])
            .GroupBy(call => call.GetProperty("index").GetInt32())];
        Assert.Equal(calls, streamed.Length);
        Assert.All(streamed, call => Assert.Equal("Paris, the \"city\"", City(string.Concat(call.Select(piece => piece.GetProperty("function").GetProperty("arguments").GetString())))));
        Assert.All(streamed, call => Assert.Single(call, piece => piece.TryGetProperty("id", out _)));
        Assert.Equal("", Text(chunks));
    }

    [Fact]
    public async Task Log_probabilities_come_with_their_tokens()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement answer = await endpoint.PostAsync(Path, Chat("x", "\"logprobs\":true,\"top_logprobs\":2"));
        JsonElement[] tokens = [.. answer.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content").EnumerateArray()];
        Assert.Equal(["You", " said:", " x"], tokens.Select(token => token.GetProperty("token").GetString()));
        Assert.All(tokens, token => Assert.Equal(2, token.GetProperty("top_logprobs").GetArrayLength()));
        Assert.Equal([89, 111, 117], tokens[0].GetProperty("bytes").EnumerateArray().Select(b => b.GetInt32()));
        IReadOnlyList<JsonElement> chunks = await endpoint.StreamAsync(Path, Chat("x", "\"logprobs\":true,\"stream\":true"));
        Assert.Equal(3, chunks.Count(chunk => chunk.GetProperty("choices")[0].GetProperty("logprobs").ValueKind == JsonValueKind.Object));
    }

    [Fact]
    public async Task An_answer_that_was_cut_says_so_in_the_stream()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        IReadOnlyList<JsonElement> chunks = await endpoint.StreamAsync(Path, Chat("break", "\"stream\":true"));
        Assert.Equal("worker-lost", chunks[^1].GetProperty("error").GetProperty("code").GetString());
        using HttpResponseMessage whole = await endpoint.SendAsync(Path, Chat("break"));
        Assert.Equal(HttpStatusCode.BadGateway, whole.StatusCode);
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_its_job()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        using (HttpResponseMessage response = await endpoint.SendAsync(Path, Chat("endless", "\"stream\":true")))
        {
            Assert.Equal(1, endpoint.Node.Running);
        }

        await Libp2p.Eventually.TrueAsync(() => endpoint.Node.Running == 0);
    }

    internal static string Chat(string prompt, string fields = "\"user\":null") =>
        $"{{\"model\":\"{ScriptedNode.Model}\",\"messages\":[{{\"role\":\"user\",\"content\":\"{prompt}\"}}],{fields}}}";

    private static string City(string arguments) => JsonElement.Parse(arguments).GetProperty("city").GetString()!;

    private static JsonElement Delta(JsonElement chunk) => chunk.GetProperty("choices")[0].GetProperty("delta");

    private static string Text(IEnumerable<JsonElement> chunks) => string.Concat(chunks
        .Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0 && Delta(chunk).TryGetProperty("content", out _))
        .Select(chunk => Delta(chunk).GetProperty("content").GetString()));
}
