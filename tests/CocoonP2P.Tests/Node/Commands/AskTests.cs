using System.Text.Json;
using CocoonP2P.Node.Client;
using CocoonP2P.Node.Commands;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Tests.Node.Commands;

/// <summary>One vocabulary of failure at two doors: what the endpoint answers is what `cocoon ask` ends with.</summary>
public sealed class AskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("failed", 1, 500)]
    [InlineData("usage", 2, 400)]
    [InlineData("timeout", 1, 504)]
    [InlineData("busy", 1, 429)]
    [InlineData("no-worker", 1, 503)]
    [InlineData("unknown-model", 1, 404)]
    [InlineData("too-large", 2, 413)]
    [InlineData("attestation-refused", 4, 502)]
    [InlineData("insufficient-funds", 5, 402)]
    [InlineData("chain-unreachable", 1, 503)]
    [InlineData("worker-lost", 1, 502)]
    [InlineData("configuration", 78, 500)]
    [InlineData("unauthorized", 1, 401)]
    [InlineData("forbidden", 1, 403)]
    public async Task A_code_has_one_status_at_the_endpoint_and_one_at_the_command(string code, int exit, int status)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        using HttpResponseMessage response = await endpoint.SendAsync(
            "/v1/chat/completions", $$"""{"model":"scripted","messages":[{"role":"user","content":"fail {{code}}"}]}""");
        JsonElement error = (await TestEndpoint.DocumentAsync(response)).GetProperty("error");
        Assert.Equal((status, code), ((int)response.StatusCode, error.GetProperty("code").GetString()));
        Assert.NotEmpty(error.GetProperty("hint").GetString()!);

        CocoonException failure = await Assert.ThrowsAsync<CocoonException>(() => AskAsync(endpoint, "fail " + code));
        Assert.Equal((code, exit), (failure.Code.Name(), failure.Code.ExitCode()));
        Assert.NotEmpty(failure.Hint);
    }

    [Fact]
    public async Task An_answer_has_its_text_its_counts_its_cost_and_who_gave_it()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        ChatReply reply = await AskAsync(endpoint, "hello there");
        Assert.Equal("You said: hello there", reply.Text);
        Assert.Equal(("stop", "worker", 64), (reply.FinishReason, reply.Worker, reply.Job.Length));
        Assert.StartsWith("simulated", reply.Verdict, StringComparison.Ordinal);
        Assert.Equal((ulong)(reply.PromptTokens + reply.CompletionTokens) * ScriptedNode.CostOfToken.Value, reply.Cost.Value);
    }

    [Fact]
    public async Task A_worker_lost_in_mid_answer_ends_the_command_after_what_had_arrived()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        string heard = "";
        CocoonException lost = await Assert.ThrowsAsync<CocoonException>(() => AskAsync(endpoint, "break", piece => heard += piece));
        Assert.Equal(ErrorCode.WorkerLost, lost.Code);
        Assert.Equal("You said:", heard);
    }

    [Fact]
    public async Task An_answer_that_another_worker_finished_says_so()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        Assert.True((await AskAsync(endpoint, "resume")).Resumed);
    }

    [Fact]
    public async Task A_bad_header_is_named_by_the_node()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        ChatQuestion question = new(ScriptedNode.Model, "hello") { Headers = [("Cocoon-Max-Cost", "a lot")] };
        using NodeClient node = new(endpoint.Socket);
        CocoonException refused = await Assert.ThrowsAsync<CocoonException>(() => node.ChatAsync(question, Token));
        Assert.Equal(ErrorCode.Usage, refused.Code);
        Assert.Contains("Cocoon-Max-Cost", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_node_listens_the_command_says_how_to_start_one()
    {
        CocoonException absent = await Assert.ThrowsAsync<CocoonException>(
            () => RunningNode.UseAsync(Path.Combine(Path.GetTempPath(), "cocoon-nobody.sock"), node => node.StatusAsync(Token)));
        Assert.Equal((ErrorCode.NoNode, 3), (absent.Code, absent.Code.ExitCode()));
        Assert.Contains("cocoon run", absent.Hint, StringComparison.Ordinal);
    }

    private static Task<ChatReply> AskAsync(TestEndpoint endpoint, string prompt, Action<string>? piece = null) =>
        RunningNode.UseAsync(endpoint.Socket, async node =>
        {
            using HttpResponseMessage response = await node.ChatAsync(new ChatQuestion(ScriptedNode.Model, prompt), Token);
            return await ChatReply.ReadAsync(response, piece ?? (_ => { }), Token);
        });
}
