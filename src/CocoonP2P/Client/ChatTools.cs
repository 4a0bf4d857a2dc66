using CocoonP2P.Inference;
using CocoonP2P.Text;
using CocoonP2P.Text.Tools;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Client;

/// <summary>The tools of a request: what the model is told, and what its calls must match.</summary>
internal static class ChatTools
{
    /// <summary>Empty where the request forbids calls.</summary>
    /// <exception cref="ArgumentException">A tool that is no function.</exception>
    public static IReadOnlyList<ToolDefinition> Of(ChatOptions options) => options.ToolMode is NoneChatToolMode ? [] : [.. (options.Tools ?? []).Select(Definition)];

    /// <summary>Null where there are no tools.</summary>
    /// <exception cref="ArgumentException">The mode asks for a tool that is not there.</exception>
    public static OutputGrammar? Grammar(IReadOnlyList<ToolDefinition> tools, ChatOptions options)
    {
        string? only = (options.ToolMode as RequiredChatToolMode)?.RequiredFunctionName;
        if (options.ToolMode is RequiredChatToolMode && !tools.Any(tool => only is null || tool.Name == only))
        {
            throw new ArgumentException("options.ToolMode requires a tool that options.Tools does not have.", nameof(options));
        }

        return tools.Count == 0 ? null : ToolGrammar.Of(
            tools.Where(t => only is null || t.Name == only), options.ToolMode is RequiredChatToolMode, options.AllowMultipleToolCalls ?? true);
    }

    private static ToolDefinition Definition(AITool tool) => tool is AIFunctionDeclaration function
        ? new ToolDefinition(function.Name, function.Description, function.JsonSchema.GetRawText())
        : throw new ArgumentException($"options.Tools holds a {tool.GetType().Name}, and models here call functions.", nameof(tool));
}
