using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Tests.Node.Http.Support;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Tests.Node.Http.Hostile;

public sealed class SecretTests
{
    private const string Prompt = "zebra crossing at midnight";
    private static readonly string Token = "sekrit".PadRight(40, 'q');

    [Fact]
    public async Task No_log_line_of_any_level_holds_a_prompt_an_answer_or_a_token()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(
            s => s with { Keys = KeyRing.Of([(Token, new ApiKey("infer", Scope.Infer, new KeyLimits()))]) }, least: LogLevel.Trace);
        string[] bodies =
        [
            ChatAnswerTests.Chat(Prompt), ChatAnswerTests.Chat(Prompt, "\"stream\":true"), ChatAnswerTests.Chat(Prompt, $"\"{Prompt}\":1"),
            ChatAnswerTests.Chat(Prompt)[..^1], $"{{\"model\":\"{Prompt}\",\"messages\":[{{\"role\":\"{Prompt}\",\"content\":\"x\"}}]}}",
            ChatAnswerTests.Chat("x", $"\"stop\":\"{Prompt}\",\"response_format\":{{\"type\":\"{Prompt}\"}}"),
        ];
        foreach (string path in (string[])["/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/nowhere"])
        {
            foreach (string body in bodies)
            {
                using HttpResponseMessage known = await endpoint.SendAsync(path, body, Token);
                await known.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                using HttpResponseMessage unknown = await endpoint.SendAsync(path, body, Token + "z");
            }
        }

        Assert.NotEmpty(endpoint.Log.Lines);
        Assert.DoesNotContain(endpoint.Log.Lines, line => line.Line.Contains("zebra", StringComparison.Ordinal) || line.Line.Contains("sekrit", StringComparison.Ordinal));
    }
}
