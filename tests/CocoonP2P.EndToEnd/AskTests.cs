using System.Text.Json;

namespace CocoonP2P.EndToEnd;

/// <summary>`cocoon ask` as its users run it.</summary>
public sealed class AskTests(SharedNetwork shared) : IClassFixture<SharedNetwork>
{
    private const int Limit = 120_000;

    private string Config => shared.Network.Nodes.Client.Config;

    [Fact(Timeout = Limit)]
    public async Task The_answer_is_on_stdout_and_what_it_cost_on_stderr()
    {
        Ended ended = await Cocoon.RunAsync("ask", Api.Model, "Tell me a story about a lamp.", "--temperature", "0", "--max-tokens", "40", "--config", Config);
        Assert.True(ended.Exit == 0, ended.Error);
        Assert.Contains("lamp", ended.Output, StringComparison.Ordinal);
        Assert.Matches(@"^cocoon: 0\.0\d+ TON for \d+ \+ \d+ tokens; simulated; tcb=UpToDate; until=\S+; job [0-9a-f]{64}", ended.Error);
    }

    [Fact(Timeout = Limit)]
    public async Task What_stdin_holds_is_appended_to_the_prompt()
    {
        Ended whole = await Cocoon.RunAsync("ask", Api.Model, "Tell me a story\nabout a lamp.", "--temperature", "0", "--max-tokens", "30", "--config", Config, "--json");
        Ended piped = await Cocoon.RunWithInputAsync(
            "about a lamp.\n", "ask", Api.Model, "Tell me a story", "--temperature", "0", "--max-tokens", "30", "--config", Config, "--json");
        Assert.Equal(Answer(whole), Answer(piped));
    }

    [Fact(Timeout = Limit)]
    public async Task A_failure_has_its_exit_status_cause_and_cure()
    {
        Ended unknown = await Cocoon.RunAsync("ask", "no-such-model", "Hello.", "--config", Config, "--json");
        Assert.Equal((1, "unknown-model"), (unknown.Exit, Code(unknown)));
        Ended dear = await Cocoon.RunAsync("ask", Api.Model, "Hello.", "--max-cost", "0.000000001 TON", "--config", Config, "--json");
        Assert.Equal((1, "no-worker"), (dear.Exit, Code(dear)));
        Ended wordless = await Cocoon.RunAsync("ask", Api.Model, "--config", Config);
        Assert.Equal(2, wordless.Exit);
        Assert.Contains("cocoon: hint: give a prompt", wordless.Error, StringComparison.Ordinal);
    }

    private static string Answer(Ended ended) => JsonElement.Parse(ended.Output).GetProperty("answer").GetString()!;

    private static string Code(Ended ended) => JsonElement.Parse(ended.Error).GetProperty("code").GetString()!;
}
