namespace CocoonP2P.Tests.Client;

/// <summary>What a request that fails throws: the codes of experience.md, as exceptions.</summary>
public sealed class FailureTests
{
    private readonly ClientScene _scene = new();

    [Theory]
    [InlineData("failed", false)]
    [InlineData("timeout", true)]
    [InlineData("busy", true)]
    [InlineData("no-worker", true)]
    [InlineData("unknown-model", false)]
    [InlineData("attestation-refused", false)]
    [InlineData("insufficient-funds", false)]
    [InlineData("chain-unreachable", true)]
    [InlineData("worker-lost", true)]
    [InlineData("no-node", false)]
    [InlineData("configuration", false)]
    public async Task A_failure_has_its_code_its_cure_and_whether_to_try_again(string code, bool transient)
    {
        CocoonException failure = await Assert.ThrowsAnyAsync<CocoonException>(() => _scene.AskAsync("fail " + code));
        Assert.Equal((code, transient), (failure.Code.Name(), failure.IsTransient));
        Assert.NotEmpty(failure.Hint);
    }

    [Theory]
    [InlineData("usage")]
    [InlineData("too-large")]
    public async Task A_request_that_cannot_be_is_the_arguments_fault(string code)
    {
        ArgumentException failure = await Assert.ThrowsAnyAsync<ArgumentException>(() => _scene.AskAsync("fail " + code));
        Assert.Equal(code, Assert.IsType<CocoonException>(failure.InnerException).Code.Name());
    }

    [Fact]
    public async Task A_worker_lost_in_mid_answer_throws_after_what_had_arrived()
    {
        string text = "";
        CocoonException lost = await Assert.ThrowsAsync<CocoonException>(async () =>
        {
            await foreach (Microsoft.Extensions.AI.ChatResponseUpdate update in _scene.Client.GetStreamingResponseAsync(
                [new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.User, "break")], null, ClientScene.Token))
            {
                text += update.Text;
            }
        });
        Assert.Equal(ErrorCode.WorkerLost, lost.Code);
        Assert.Equal("You said:", text);
    }
}
