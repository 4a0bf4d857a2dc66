namespace CocoonP2P.Text;

/// <summary>A conversation, ready to be rendered by a model's template.</summary>
/// <param name="Turns">At least one.</param>
internal sealed record ChatPrompt(IReadOnlyList<ChatTurn> Turns)
{
    /// <summary>What the model may call.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];
}

/// <summary>One message of a chat.</summary>
/// <param name="Role">"system", "user", "assistant" or "tool".</param>
/// <param name="Content">Text; of a tool its result.</param>
internal sealed record ChatTurn(string Role, string Content)
{
    /// <summary>What the assistant called in this turn.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>Of a tool's turn: the call that it answers.</summary>
    public string ToolCallId { get; init; } = "";
}

/// <summary>A function that the model may call.</summary>
/// <param name="Name">1 to 64 of letters, digits, _ and -.</param>
/// <param name="Description">For the model; may be empty.</param>
/// <param name="Parameters">JSON schema of the arguments, an object.</param>
internal sealed record ToolDefinition(string Name, string Description, string Parameters);

/// <summary>A call that the model made.</summary>
/// <param name="Id">Unique in the conversation.</param>
/// <param name="Name">Of the tool.</param>
/// <param name="Arguments">A JSON object, as the model wrote it.</param>
internal sealed record ToolCall(string Id, string Name, string Arguments);
