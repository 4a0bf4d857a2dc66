using System.Text;

namespace CocoonP2P.Text.Tools;

/// <summary>
/// A conversation with tools for a template that knows none: the tools are told in the system turn, calls and results stand in
/// the turns as text.
/// </summary>
internal static class ToolPrompt
{
    private const string Before =
        "You may call functions to help with the user's request. The functions, as JSON between <tools> and </tools>:\n<tools>";

    private const string After =
        "\n</tools>\nTo call one, answer with a JSON object that has its name and its arguments:\n"
        + ToolMarks.Open + "\n{\"name\": \"NAME\", \"arguments\": {...}}\n" + ToolMarks.Close;

    /// <summary>The same conversation without tools, calls and turns of role tool.</summary>
    public static IReadOnlyList<ChatTurn> Flatten(ChatPrompt prompt)
    {
        List<ChatTurn> turns = [];
        foreach (ChatTurn turn in prompt.Turns)
        {
            string text = Text(turn);
            if (turn.Role == "tool" && turns is [.., { Role: "user" } last] && IsResult(last))
            {
                // Results of calls that were made together are one turn: some templates let user and assistant alternate only.
                turns[^1] = last with { Content = last.Content + "\n" + text };
            }
            else
            {
                turns.Add(new ChatTurn(turn.Role == "tool" ? "user" : turn.Role, text));
            }
        }

        return prompt.Tools.Count == 0 ? turns : WithTools(turns, Describe(prompt.Tools));
    }

    private static bool IsResult(ChatTurn turn) => turn.Content.StartsWith(ToolMarks.OpenResult, StringComparison.Ordinal);

    private static string Text(ChatTurn turn)
    {
        if (turn.Role == "tool")
        {
            return $"{ToolMarks.OpenResult}\n{turn.Content}\n{ToolMarks.CloseResult}";
        }

        StringBuilder text = new(turn.Content);
        foreach (ToolCall call in turn.ToolCalls)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(ToolMarks.Open).Append("\n{\"name\": \"").Append(call.Name)
                .Append("\", \"arguments\": ").Append(call.Arguments).Append("}\n").Append(ToolMarks.Close);
        }

        return text.ToString();
    }

    private static List<ChatTurn> WithTools(List<ChatTurn> turns, string tools) => turns is [{ Role: "system" } first, .. var rest]
        ? [first with { Content = first.Content + "\n\n" + tools }, .. rest]
        : [new ChatTurn("system", tools), .. turns];

    private static string Describe(IReadOnlyList<ToolDefinition> tools) =>
        Before + string.Concat(tools.Select(tool => "\n" + ToolJson.Write(tool))) + After;
}
