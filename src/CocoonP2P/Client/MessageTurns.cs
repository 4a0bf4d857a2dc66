using System.Text.Json;
using CocoonP2P.Text;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Client;

/// <summary>A conversation of Microsoft.Extensions.AI as turns of a prompt.</summary>
internal static class MessageTurns
{
    /// <summary>Without the line breaks, each of which is a token that the user would pay for.</summary>
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <exception cref="ArgumentException">A role or a content that no model here takes.</exception>
    public static IEnumerable<ChatTurn> Of(ChatMessage message)
    {
        string role = Role(message.Role);
        List<ChatTurn> results = [];
        List<ToolCall> calls = [];
        string text = "";
        foreach (AIContent content in message.Contents)
        {
            switch (content)
            {
                case TextContent words:
                    text += words.Text;
                    break;
                case FunctionCallContent call:
                    calls.Add(new ToolCall(call.CallId, call.Name, Json(call.Arguments ?? new Dictionary<string, object?>())));
                    break;
                case FunctionResultContent result:
                    results.Add(new ChatTurn("tool", Shown(result.Result)) { ToolCallId = result.CallId });
                    break;
                case UsageContent or ErrorContent or TextReasoningContent:
                    // What an earlier answer said about itself is no part of the conversation.
                    break;
                default:
                    throw new ArgumentException($"A message holds a {content.GetType().Name}, and models here take text.", nameof(message));
            }
        }

        return results.Count > 0 ? results : [new ChatTurn(role, text) { ToolCalls = calls }];
    }

    private static string Role(ChatRole role) =>
        role == ChatRole.System || role.Value == "developer" ? "system"
        : role == ChatRole.User ? "user"
        : role == ChatRole.Assistant ? "assistant"
        : role == ChatRole.Tool ? "tool"
        : throw new ArgumentException($"A message has the role \"{role.Value}\": system, user, assistant and tool are known.", nameof(role));

    private static string Shown(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        JsonElement json => json.GetRawText(),
        _ => Json(result),
    };

    private static string Json(object value) =>
        JsonSerializer.Serialize(value, Compact.GetTypeInfo(value is IDictionary<string, object?> ? typeof(IDictionary<string, object?>) : value.GetType()));
}
