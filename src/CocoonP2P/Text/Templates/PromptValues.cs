using CocoonP2P.Text.Tools;

namespace CocoonP2P.Text.Templates;

/// <summary>A conversation as templates expect it: the shapes that chat templates were written against.</summary>
internal static class PromptValues
{
    /// <summary>none where there is no tool.</summary>
    public static Value Of(IReadOnlyList<ToolDefinition> tools) =>
        tools.Count == 0 ? NoneValue.Instance : new ListValue([.. tools.Select(tool => JsonValues.Parse(ToolJson.Write(tool)))]);

    /// <summary>A message with role and content, and with its calls or the call that it answers.</summary>
    public static MapValue Of(ChatTurn turn)
    {
        Dictionary<string, Value> message = new() { ["role"] = Data(turn.Role), ["content"] = Data(turn.Content) };
        if (turn.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new ListValue([.. turn.ToolCalls.Select(Call)]);
        }

        if (turn.ToolCallId.Length > 0)
        {
            message["tool_call_id"] = Data(turn.ToolCallId);
        }

        return new MapValue(message);
    }

    /// <summary>The arguments are a mapping, which templates write with tojson.</summary>
    private static Value Call(ToolCall call) => new MapValue(new Dictionary<string, Value>
    {
        ["id"] = Data(call.Id),
        ["type"] = Data("function"),
        ["function"] = new MapValue(new Dictionary<string, Value> { ["name"] = Data(call.Name), ["arguments"] = JsonValues.Parse(call.Arguments) }),
    });

    private static TextValue Data(string text) => new(MarkedText.FromData(text));
}
