using CocoonP2P.Text;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>messages: a conversation of system, developer, user, assistant and tool turns.</summary>
internal static class MessagesField
{
    private const int Most = 1024;
    private const int MostParts = 1024;

    public static IReadOnlyList<ChatTurn> Read(Field field)
    {
        List<ChatTurn> turns = [.. field.Items(Most).Select(Turn)];
        return turns.Count > 0 ? turns : throw field.Bad("send at least one message");
    }

    private static ChatTurn Turn(Field message)
    {
        (string? role, string? content, string? answers) = (null, null, null);
        IReadOnlyList<ToolCall> calls = [];
        foreach (Member member in message.Members())
        {
            switch (member.Name)
            {
                case "role": role = member.Field.Word("system", "developer", "user", "assistant", "tool"); break;
                case "content": content = Content(member.Field); break;
                case "refusal": content ??= Content(member.Field); break;
                case "tool_calls": calls = ToolCallsField.Read(member.Field); break;
                case "tool_call_id": answers = member.Field.Text(); break;
                // A participant's name: no template of ours shows it, and a model answers without it.
                case "name": member.Field.Text(); break;
                // What came back in an answer of ours is sent again with it.
                case "annotations" when member.Field is { IsList: true } list && list.Value.GetArrayLength() == 0: break;
                default: throw member.Unknown();
            }
        }

        Field At(string name) => new(message.Path + "." + name, message.Value);
        role = role ?? throw At("role").Bad("every message has a role");
        if (calls.Count > 0 && role != "assistant")
        {
            throw At("tool_calls").Bad("only the assistant calls tools");
        }

        if ((answers is not null) != (role == "tool"))
        {
            throw At("tool_call_id").Bad("a message of role tool, and no other, names the call that it answers");
        }

        return content is null && calls.Count == 0
            ? throw At("content").Bad("every message has content")
            : new ChatTurn(role == "developer" ? "system" : role, content ?? "") { ToolCalls = calls, ToolCallId = answers ?? "" };
    }

    /// <summary>A text, or parts of text that together are one.</summary>
    private static string Content(Field content) => content.IsText ? content.Text() : string.Concat(content.Items(MostParts).Select(Part));

    private static string Part(Field part)
    {
        string? text = null;
        foreach (Member member in part.Members())
        {
            switch (member.Name)
            {
                case "type": member.Field.Word("text", "refusal"); break;
                case "text" or "refusal": text = member.Field.Text(); break;
                default: throw member.Field.Bad("only parts of type text are supported");
            }
        }

        return text ?? throw part.Bad("only parts of type text are supported, each with its text");
    }
}
