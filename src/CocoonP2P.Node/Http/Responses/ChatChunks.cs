using System.Text.Json;
using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>chat.completion.chunk</summary>
internal sealed class ChatChunks(AnswerHead head, EventStream stream, int choices, bool usage) : ChunkWriter(head, stream, choices, usage)
{
    protected override bool Says(AnswerPart part) => part is AnswerPart.Accepted or AnswerPart.Text or AnswerPart.ToolCall;

    protected override void WriteChoice(Utf8JsonWriter w, AnswerPart part, Choice choice)
    {
        w.WriteStartObject("delta");
        switch (part)
        {
            case AnswerPart.Accepted:
                w.WriteString("role", "assistant");
                w.WriteString("content", "");
                w.WriteNull("refusal");
                break;
            case AnswerPart.Text piece:
                w.WriteString("content", piece.Delta);
                break;
            case AnswerPart.ToolCall piece:
                WriteCall(w, piece);
                break;
        }

        w.WriteEndObject();
        LogprobsJson.Write(w, part is AnswerPart.Text { Logprobs: var tokens } ? tokens : []);
    }

    /// <summary>Id and name once, then the arguments as they come.</summary>
    private static void WriteCall(Utf8JsonWriter w, AnswerPart.ToolCall piece)
    {
        w.WriteStartArray("tool_calls");
        w.WriteStartObject();
        w.WriteNumber("index", piece.Index);
        if (piece.Name.Length > 0)
        {
            w.WriteString("id", piece.Id);
            w.WriteString("type", "function");
        }

        w.WriteStartObject("function");
        if (piece.Name.Length > 0)
        {
            w.WriteString("name", piece.Name);
        }

        w.WriteString("arguments", piece.Arguments);
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteEndArray();
    }
}
