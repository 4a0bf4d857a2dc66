using System.Text.Json;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>chat.completion</summary>
internal static class ChatDocument
{
    public static byte[] Write(AnswerHead head, Answer answer) => OpenAiJson.Write(w =>
    {
        head.Write(w);
        w.WriteStartArray("choices");
        foreach (Choice choice in answer.Choices)
        {
            w.WriteStartObject();
            w.WriteNumber("index", choice.Index);
            WriteMessage(w, choice);
            LogprobsJson.Write(w, choice.Logprobs);
            w.WriteString("finish_reason", choice.Finish);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        UsageJson.Write(w, answer.Usage, answer.Cost);
        answer.Provenance.Write(w, answer.Cost);
    });

    private static void WriteMessage(Utf8JsonWriter w, Choice choice)
    {
        w.WriteStartObject("message");
        w.WriteString("role", "assistant");
        string? text = choice.Text is { Length: 0 } && choice.Calls.Count > 0 ? null : choice.Text;
        w.WriteString("content", text);
        w.WriteNull("refusal");
        if (choice.Calls.Count > 0)
        {
            w.WriteStartArray("tool_calls");
            foreach (Choice.Call call in choice.Calls)
            {
                w.WriteStartObject();
                w.WriteString("id", call.Id);
                w.WriteString("type", "function");
                w.WriteStartObject("function");
                w.WriteString("name", call.Name);
                w.WriteString("arguments", call.Arguments.ToString());
                w.WriteEndObject();
                w.WriteEndObject();
            }

            w.WriteEndArray();
        }

        w.WriteEndObject();
    }
}
