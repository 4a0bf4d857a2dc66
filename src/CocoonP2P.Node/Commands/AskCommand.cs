using System.CommandLine;
using System.Globalization;
using System.Text;
using CocoonP2P.Node.Client;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Http;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon ask MODEL "…"`: the answer on stdout as it comes; what it cost and who gave it on stderr.</summary>
internal static class AskCommand
{
    /// <summary>What is read of stdin: more than any context holds.</summary>
    private const int MostInput = 4 * 1024 * 1024;

    public static Command Build()
    {
        Argument<string> model = new("model") { Description = "Name or id of a model" };
        Argument<string?> prompt = new("prompt") { Description = "What to ask; what stdin holds is appended", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> system = new("--system") { HelpName = "TEXT", Description = "A system message" };
        Option<int?> maxTokens = new("--max-tokens") { HelpName = "N", Description = "Most tokens of the answer" };
        Option<double?> temperature = new("--temperature") { HelpName = "N", Description = "0 to 2" };
        Option<long?> seed = new("--seed") { HelpName = "N", Description = "Sampling seed; without it, one is drawn" };
        Option<string?> maxCost = new("--max-cost") { HelpName = "AMOUNT", Description = "Most that the answer may cost, such as \"0.01 TON\"" };
        Option<string?> timeout = new("--timeout") { HelpName = "TIME", Description = "Most time until the answer is complete, such as \"30s\"" };
        Option<FileInfo?> config = ConfigFile.Option();
        CocoonCommand command = new("ask", "Ask a model through the running node; the answer streams, cost and verdict go to stderr")
        {
            Group = CommandGroup.Start,
            Success = "answered",
            Failures =
            [
                ErrorCode.Failed, ErrorCode.Timeout, ErrorCode.Busy, ErrorCode.NoWorker, ErrorCode.UnknownModel, ErrorCode.WorkerLost, ErrorCode.ChainUnreachable,
                ErrorCode.TooLarge, ErrorCode.NoNode, ErrorCode.AttestationRefused, ErrorCode.InsufficientFunds, ErrorCode.Configuration, ErrorCode.Interrupted,
            ],
            Examples = ["cocoon ask cocoon-tiny \"Tell me a story about a boat.\"", "cat notes.txt | cocoon ask cocoon-tiny \"Summarise:\" --max-cost \"0.01 TON\""],
        };
        command.Arguments.Add(model);
        command.Arguments.Add(prompt);
        command.AddAll(system, maxTokens, temperature, seed, maxCost, timeout, config);
        command.SetAction((result, cancellationToken) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), async () =>
        {
            string words = await PromptAsync(result.GetValue(prompt), cancellationToken);
            ChatQuestion question = new(result.GetValue(model)!, words)
            {
                System = result.GetValue(system),
                MaxTokens = result.GetValue(maxTokens),
                Temperature = result.GetValue(temperature),
                Seed = result.GetValue(seed),
                Headers = [.. Header("Cocoon-Max-Cost", result.GetValue(maxCost)), .. Header("Cocoon-Timeout", result.GetValue(timeout))],
            };
            return await AskAsync(question, RunningNode.Socket(result.GetValue(config)), result.GetValue(CommandTree.Json), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> AskAsync(ChatQuestion question, string socket, bool json, CancellationToken cancellationToken)
    {
        ChatReply reply = await RunningNode.UseAsync(socket, async node =>
        {
            using HttpResponseMessage response = await node.ChatAsync(question, cancellationToken);
            return await ChatReply.ReadAsync(response, json ? _ => { } : Console.Out.Write, cancellationToken);
        });
        if (json)
        {
            await Console.Out.WriteLineAsync(Json(question, reply));
            return 0;
        }

        await Console.Out.WriteLineAsync();
        string resumed = reply.Resumed ? "; went on at another worker" : "";
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"cocoon: {Money.Show(reply.Cost)} for {reply.PromptTokens} + {reply.CompletionTokens} tokens{resumed}; {reply.Verdict}; job {reply.Job}"));
        return 0;
    }

    private static async Task<string> PromptAsync(string? prompt, CancellationToken cancellationToken)
    {
        StringBuilder text = new(prompt);
        if (Console.IsInputRedirected)
        {
            char[] buffer = new char[4096];
            for (int read; (read = await Console.In.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                // One line break between the words of the command line and those of stdin.
                text.Append(text.Length == (prompt?.Length ?? 0) && text.Length > 0 ? "\n" : "").Append(buffer, 0, read);
                if (text.Length > MostInput)
                {
                    throw new CocoonException(ErrorCode.TooLarge, $"stdin holds more than {MostInput} characters", "send less");
                }
            }
        }

        string words = text.ToString().TrimEnd('\r', '\n');
        return words.Length > 0
            ? words
            : throw new CocoonException(ErrorCode.Usage, "nothing to ask", "give a prompt, or send one to stdin: cocoon ask --help");
    }

    private static IEnumerable<(string Name, string Value)> Header(string name, string? value) => value is null ? [] : [(name, value)];

    private static string Json(ChatQuestion question, ChatReply reply) => Encoding.UTF8.GetString(OpenAiJson.Write(w =>
    {
        w.WriteString("answer", reply.Text);
        w.WriteString("model", question.Model);
        w.WriteString("finish_reason", reply.FinishReason);
        w.WriteBoolean("resumed", reply.Resumed);
        w.WriteString("job", reply.Job);
        w.WriteString("worker", reply.Worker);
        w.WriteString("verdict", reply.Verdict);
        w.WriteNumber("prompt_tokens", reply.PromptTokens);
        w.WriteNumber("completion_tokens", reply.CompletionTokens);
        w.WriteString("cost_nanoton", reply.Cost.Value.ToString(CultureInfo.InvariantCulture));
    }));
}
