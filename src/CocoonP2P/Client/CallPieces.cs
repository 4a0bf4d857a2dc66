using System.Text;
using System.Text.Json;
using CocoonP2P.Jobs;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Client;

/// <summary>Puts the pieces of tool calls together: a call is handed on whole, when the next one begins or the answer ends.</summary>
internal sealed class CallPieces
{
    private readonly StringBuilder _arguments = new();
    private AnswerPart.ToolCall? _head;

    /// <summary>The call that this piece shows to be complete; null for none.</summary>
    public FunctionCallContent? Take(AnswerPart.ToolCall piece)
    {
        FunctionCallContent? done = piece.Index == _head?.Index ? null : Finish();
        _head ??= piece;
        _arguments.Append(piece.Arguments);
        return done;
    }

    /// <summary>The last call; null where there is none.</summary>
    public FunctionCallContent? Finish()
    {
        if (_head is not AnswerPart.ToolCall head)
        {
            return null;
        }

        string arguments = _arguments.ToString();
        _head = null;
        _arguments.Clear();
        return FunctionCallContent.CreateFromParsedArguments(arguments, head.Id, head.Name, Parse);
    }

    /// <summary>A call that was cut off at the token limit does not parse; the content then carries the exception.</summary>
    private static IDictionary<string, object?>? Parse(string json) =>
        (IDictionary<string, object?>?)JsonSerializer.Deserialize(json, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));
}
