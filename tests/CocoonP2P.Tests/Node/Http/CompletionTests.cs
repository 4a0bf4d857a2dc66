using System.Text.Json;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Tests.Node.Http;

public sealed class CompletionTests
{
    private const string Path = "/v1/completions";

    [Fact]
    public async Task Each_prompt_has_its_choices_numbered_through()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement answer = await endpoint.PostAsync(Path, Body("\"prompt\":[\"a\",[7,8]],\"n\":2,\"user\":\"me\""));
        Assert.Equal("text_completion", answer.GetProperty("object").GetString());
        Assert.Equal(
            [(0, "You said: a"), (1, "You said: a"), (2, "You said: 7 8"), (3, "You said: 7 8")],
            answer.GetProperty("choices").EnumerateArray().Select(c => (c.GetProperty("index").GetInt32(), c.GetProperty("text").GetString()!)));
    }

    [Fact]
    public async Task An_echo_comes_before_the_answer_streamed_or_whole()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement answer = await endpoint.PostAsync(Path, Body("\"prompt\":\"a. \",\"echo\":true"));
        Assert.Equal("a. You said: a. ", answer.GetProperty("choices")[0].GetProperty("text").GetString());
        IReadOnlyList<JsonElement> chunks = await endpoint.StreamAsync(Path, Body("\"prompt\":\"a. \",\"echo\":true,\"stream\":true"));
        Assert.Equal("a. You said: a. ", string.Concat(chunks.Select(c => c.GetProperty("choices")[0].GetProperty("text").GetString())));
    }

    [Fact]
    public async Task The_likeliest_of_several_are_kept_and_all_are_paid()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement answer = await endpoint.PostAsync(Path, Body("\"prompt\":\"a\",\"n\":1,\"best_of\":3,\"logprobs\":1"));
        JsonElement choice = Assert.Single(answer.GetProperty("choices").EnumerateArray());
        Assert.Equal(-0.25, choice.GetProperty("logprobs").GetProperty("token_logprobs")[0].GetDouble());
        Assert.Equal([0, 3, 9], choice.GetProperty("logprobs").GetProperty("text_offset").EnumerateArray().Select(o => o.GetInt32()));
        Assert.Equal(9, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Theory]
    [InlineData("\"prompt\":7", "prompt")]
    [InlineData("\"prompt\":[]", "prompt")]
    [InlineData("\"prompt\":[\"a\",7]", "prompt[1]")]
    [InlineData("\"prompt\":[-1]", "prompt[0]")]
    [InlineData("\"prompt\":\"\"", "prompt")]
    [InlineData("\"n\":1", "prompt")]
    [InlineData("\"prompt\":\"a\",\"suffix\":\"b\"", "suffix")]
    [InlineData("\"prompt\":\"a\",\"best_of\":9", "best_of")]
    [InlineData("\"prompt\":\"a\",\"best_of\":1,\"n\":2", "best_of")]
    [InlineData("\"prompt\":\"a\",\"best_of\":2,\"stream\":true", "best_of")]
    [InlineData("\"prompt\":\"a\",\"logprobs\":6", "logprobs")]
    [InlineData("\"prompt\":\"a\",\"logprobs\":1,\"echo\":true", "echo")]
    [InlineData("\"prompt\":[1],\"echo\":true", "echo")]
    [InlineData("\"prompt\":\"a\",\"messages\":[]", "messages")]
    public async Task A_bad_field_is_named(string fields, string name)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        using HttpResponseMessage response = await endpoint.SendAsync(Path, Body(fields));
        JsonElement error = (await TestEndpoint.DocumentAsync(response)).GetProperty("error");
        Assert.Equal((400, "usage", name), ((int)response.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
    }

    private static string Body(string fields) => $"{{\"model\":\"{ScriptedNode.Model}\",{fields}}}";
}
