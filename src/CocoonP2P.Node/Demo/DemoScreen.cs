using System.Globalization;
using System.Text.Json;
using CocoonP2P.Node.Client;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Http;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Demo;

/// <summary>What the demo shows at its end.</summary>
internal sealed record DemoResult(
    DemoOptions Options, string Model, ChatReply Answer, Dictionary<string, NanoTon> Before, Dictionary<string, NanoTon> After, bool Conserved,
    byte[]? Receipt, string? ReceiptFile);

/// <summary>Steps with their times, the answer as it streams, a table; or one JSON document.</summary>
internal sealed class DemoScreen(bool json, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly List<(double Seconds, string Name, string Text)> _steps = [];
    private bool _answering;

    public void Step(string name, string text)
    {
        lock (_gate)
        {
            double seconds = time.GetElapsedTime(_started).TotalSeconds;
            _steps.Add((seconds, name, text));
            if (!json && !_answering)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds,7:0.000} s  {name,-16} {text}"));
            }
        }
    }

    /// <summary>A step of the client's own timeline.</summary>
    public void Told(JsonElement step)
    {
        string name = step.GetProperty("step").GetString()!;
        IEnumerable<string> facts = step.GetProperty("facts").EnumerateObject().Select(f => $"{f.Name}={f.Value.GetString()}");
        Step(name, string.Join("  ", facts));
    }

    public void AnswerBegins() => Show(() =>
    {
        _answering = true;
        Console.Out.WriteLine();
    });

    public void Answer(string piece) => Show(() =>
    {
        Console.Out.Write(piece);
        Console.Out.Flush();
    });

    public void AnswerEnds() => Show(() =>
    {
        _answering = false;
        Console.Out.WriteLine();
        Console.Out.WriteLine();
    });

    public void Result(DemoResult result)
    {
        if (json)
        {
            PrintJson(result);
            return;
        }

        ChatReply answer = result.Answer;
        string digest = result.Receipt is null ? "?" : Field(result.Receipt, "job", "terms", "model");
        (string Name, string Value)[] rows =
        [
            ("worker", answer.Worker),
            ("verdict", (answer.Verdict.StartsWith("simulated", StringComparison.Ordinal) ? "SIMULATED, protects nothing: " : "") + answer.Verdict),
            ("model", $"{result.Model}@{digest}"),
            ("tokens", $"{answer.PromptTokens} of prompt, {answer.CompletionTokens} of answer"),
            ("price", Money.Show(answer.Cost)),
            ("chain fees", Money.Show(Fees(result))),
            .. result.Before.Select(b => ($"balance {b.Key}", $"{Money.Show(b.Value)} before, {Money.Show(result.After[b.Key])} after")),
            ("conserved", result.Conserved ? "yes: all balances, contracts and fees add up to the genesis" : "NO"),
            ("receipt", result.Receipt is null ? "none" : Field(result.Receipt, "receipt")),
        ];
        foreach ((string name, string value) in rows)
        {
            Console.Out.WriteLine($"{name,-18} {value}");
        }

        if (result.ReceiptFile is string file)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"check it offline: cocoon verify {file} --manifest {Path.ChangeExtension(file, ".toml")}");
        }
    }

    public static void Kept(DemoNetwork network, string model) => Console.Error.WriteLine(
        $$"""

        The network stays up; its folder is {{network.Root}}. Ctrl-C ends it.
        curl http://127.0.0.1:{{network.ApiPort}}/v1/chat/completions -H 'Content-Type: application/json' -d '{"model":"{{model}}","messages":[{"role":"user","content":"Tell me a story about a boat."}],"stream":true}'
        """);

    private void Show(Action print)
    {
        lock (_gate)
        {
            if (!json)
            {
                print();
            }
        }
    }

    /// <summary>What left the three wallets and did not arrive in another.</summary>
    private static NanoTon Fees(DemoResult result)
    {
        ulong before = result.Before.Values.Aggregate(0UL, (sum, b) => sum + b.Value);
        ulong after = result.After.Values.Aggregate(0UL, (sum, b) => sum + b.Value);
        return new NanoTon(before > after ? before - after : 0);
    }

    private void PrintJson(DemoResult result) => Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(OpenAiJson.Write(w =>
    {
        ChatReply answer = result.Answer;
        w.WriteStartArray("steps");
        foreach ((double seconds, string name, string text) in _steps)
        {
            w.WriteStartObject();
            w.WriteNumber("seconds", Math.Round(seconds, 3));
            w.WriteString("step", name);
            w.WriteString("text", text);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteString("answer", answer.Text);
        w.WriteString("job", answer.Job);
        w.WriteString("worker", answer.Worker);
        w.WriteString("verdict", answer.Verdict);
        w.WriteBoolean("simulated", answer.Verdict.StartsWith("simulated", StringComparison.Ordinal));
        w.WriteString("model", result.Model);
        w.WriteNumber("prompt_tokens", answer.PromptTokens);
        w.WriteNumber("completion_tokens", answer.CompletionTokens);
        Nano(w, "price_nanoton", answer.Cost);
        Nano(w, "chain_fees_nanoton", Fees(result));
        w.WriteBoolean("conserved", result.Conserved);
        w.WriteStartObject("balances");
        foreach ((string node, NanoTon before) in result.Before)
        {
            w.WriteStartObject(node);
            Nano(w, "before_nanoton", before);
            Nano(w, "after_nanoton", result.After[node]);
            w.WriteEndObject();
        }

        w.WriteEndObject();
        w.WriteString("receipt", result.Receipt is null ? null : Field(result.Receipt, "receipt"));
        w.WriteString("receipt_file", result.ReceiptFile);
    })));

    private static void Nano(Utf8JsonWriter w, string name, NanoTon amount) => w.WriteString(name, amount.Value.ToString(CultureInfo.InvariantCulture));

    private static string Field(byte[] json, params string[] path)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return path.Aggregate(document.RootElement, (at, name) => at.GetProperty(name)).GetString()!;
    }
}
