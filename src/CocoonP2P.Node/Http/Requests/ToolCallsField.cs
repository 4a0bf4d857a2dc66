using System.Text.Json;
using CocoonP2P.Text;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>messages[].tool_calls: what the assistant called in an earlier turn.</summary>
internal static class ToolCallsField
{
    private const int Most = 128;

    public static IReadOnlyList<ToolCall> Read(Field field) => [.. field.Items(Most).Select(Call)];

    private static ToolCall Call(Field call)
    {
        (string? id, string? name, string? arguments) = (null, null, null);
        foreach (Member member in call.Members())
        {
            switch (member.Name)
            {
                case "id": id = member.Field.Text(256); break;
                case "type": member.Field.Word("function"); break;
                // Some SDKs repeat a stream's place of the call.
                case "index": member.Field.Whole(0, Most); break;
                case "function": (name, arguments) = Function(member.Field); break;
                default: throw member.Unknown();
            }
        }

        return new ToolCall(
            id ?? throw call.Bad("every call has an id"), name ?? throw call.Bad("every call has a function with its name"), arguments ?? "{}");
    }

    private static (string? Name, string? Arguments) Function(Field function)
    {
        (string? name, string? arguments) = (null, null);
        foreach (Member member in function.Members())
        {
            switch (member.Name)
            {
                case "name": name = member.Field.Text(64); break;
                case "arguments": arguments = Arguments(member.Field); break;
                default: throw member.Unknown();
            }
        }

        return (name, arguments);
    }

    /// <summary>A JSON object as a text; "" is what some models gave for none.</summary>
    private static string Arguments(Field field)
    {
        string text = field.Text();
        if (text.Length == 0)
        {
            return "{}";
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, RequestBody.Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? text : throw field.Bad("send a JSON object as a text");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw field.Bad("send a JSON object as a text");
        }
    }
}
