using System.Runtime.CompilerServices;
using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Text;

namespace CocoonP2P.Tests.Node.Http.Support;

/// <summary>
/// What the last message makes of the answer. "fail CODE" refuses with that code; "break" loses the worker after two tokens;
/// "resume" changes it; "endless" goes on until it is cancelled; with tools the first is called, and a tool's result is
/// repeated; a schema gets an Ada of 36; anything else is repeated.
/// </summary>
internal sealed class Script(string last, string answer)
{
    public static Script Of(ChatOrder order)
    {
        ChatTurn turn = order.Chat?.Turns[^1] ?? new ChatTurn("user", order.PromptText ?? string.Join(' ', order.PromptIds!.Value.ToArray()));
        string answer =
            turn.Role == "tool" ? $"The tool says: {turn.Content}"
            : order.Chat is { Tools: [var tool, ..] } ? Call(tool.Name, order.Grammar!.Schema.Contains("\"parallel\":true", StringComparison.Ordinal) && turn.Content.Contains("twice", StringComparison.Ordinal))
            : order.Grammar?.Kind == GrammarKind.JsonSchema ? """{"name": "Ada", "age": 36}"""
            : order.Grammar?.Kind == GrammarKind.JsonObject ? """{"ok": true}"""
            : $"You said: {turn.Content}";
        return new Script(turn.Content, answer);
    }

    /// <summary>Words with the space before them.</summary>
    public static List<string> Tokens(string text)
    {
        List<string> tokens = [];
        foreach (char c in text)
        {
            if (tokens.Count == 0 || c == ' ')
            {
                tokens.Add("");
            }

            tokens[^1] += c;
        }

        return tokens;
    }

    /// <summary>Of length 1, another for each text.</summary>
    public static float[] Vector(string text)
    {
        float[] vector = new float[ScriptedNode.Dimensions];
        foreach ((int i, byte value) in Encoding.UTF8.GetBytes(text).Index())
        {
            vector[i % vector.Length] += value;
        }

        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    public static Verdict Verdict(DateTimeOffset now) => new()
    {
        Accepted = true, Simulated = true, TcbStatus = "UpToDate", Reasons = [], ValidUntil = now.AddDays(1), Measurement = new byte[32], Platform = new byte[32],
    };

    /// <summary>What ends an order before a worker takes it.</summary>
    public void Begin(ChatOrder order)
    {
        if (last.StartsWith("fail ", StringComparison.Ordinal))
        {
            throw new CocoonException(ErrorCodes.Parse(last[5..]), "as the script says", "nothing to do");
        }

        int room = 4096 - Tokens(last).Count;
        if (room <= 0)
        {
            throw new CocoonException(ErrorCode.TooLarge, "the prompt has too many tokens", "send a shorter prompt");
        }

        if (order.Terms.MaxCost is NanoTon most && most < new NanoTon(100))
        {
            throw new CocoonException(ErrorCode.NoWorker, "every worker asks for more", "raise Cocoon-Max-Cost");
        }
    }

    public async IAsyncEnumerable<AnswerPart> RunAsync(ChatOrder order, int choice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        uint count = 0, most = (uint)(order.MaxTokens ?? int.MaxValue);
        StringBuilder text = new();
        foreach (string token in last == "endless" ? Enumerable.Repeat(" on", int.MaxValue) : Tokens(answer))
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            text.Append(token);
            int stop = order.Stop.Select(s => text.ToString().IndexOf(s, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
            string said = stop < 0 ? token : token[..Math.Max(0, token.Length - (text.Length - stop))];
            yield return new AnswerPart.Text(said) { Choice = choice, Logprobs = Logprobs(order, token, choice) };
            count++;
            if (stop >= 0 || count == most)
            {
                yield return End(stop >= 0 ? FinishReason.Stop : FinishReason.Length, count, choice);
                yield break;
            }

            if (count == 2 && last == "break")
            {
                throw new CocoonException(ErrorCode.WorkerLost, "the worker was lost after 2 tokens", "ask again");
            }

            if (count == 2 && last == "resume")
            {
                yield return new AnswerPart.Resumed(new string('e', 64), "another", Verdict(DateTimeOffset.UnixEpoch), true) { Choice = choice };
            }
        }

        yield return End(FinishReason.Stop, count, choice);
    }

    private AnswerPart.Finished End(FinishReason reason, uint count, int choice)
    {
        uint prompt = (uint)Tokens(last).Count;
        return new AnswerPart.Finished(reason, new Usage(prompt, 0, count), new NanoTon((prompt + count) * ScriptedNode.CostOfToken.Value)) { Choice = choice };
    }

    private static DecodedLogprobs[] Logprobs(ChatOrder order, string token, int choice) => order.TopLogprobs < 0
        ? []
        : [new DecodedLogprobs(
            Encoding.UTF8.GetBytes(token), -0.25f - choice,
            [.. Enumerable.Range(0, order.TopLogprobs).Select(i => (Encoding.UTF8.GetBytes(i == 0 ? token : $" other{i}"), -0.25f - choice - i))])];

    private static string Call(string name, bool twice)
    {
        string call = $"<tool_call>\n{{\"name\": \"{name}\", \"arguments\": {{\"city\": \"Paris, the \\\"city\\\"\"}}}}\n</tool_call>";
        return twice ? call + "\n" + call : call;
    }
}
