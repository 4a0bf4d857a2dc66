using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http;

/// <summary>The documents of the OpenAI-compatible endpoint, written by hand: no reflection, and each shape in one place.</summary>
internal static class OpenAiJson
{
    public static byte[] Completion(string id, long created, string model, string content, FinishReason reason, Usage usage, NanoTon cost) =>
        Write(w =>
        {
            Head(w, id, "chat.completion", created, model);
            w.WriteStartArray("choices");
            w.WriteStartObject();
            w.WriteNumber("index", 0);
            w.WriteStartObject("message");
            w.WriteString("role", "assistant");
            w.WriteString("content", content);
            w.WriteNull("refusal");
            w.WriteEndObject();
            w.WriteNull("logprobs");
            w.WriteString("finish_reason", Spell(reason));
            w.WriteEndObject();
            w.WriteEndArray();
            WriteUsage(w, usage, cost);
        });

    /// <summary>One event of a stream: the role, a piece of text, or the finish reason.</summary>
    public static byte[] Chunk(string id, long created, string model, bool first, string? delta, FinishReason? reason) =>
        Write(w =>
        {
            Head(w, id, "chat.completion.chunk", created, model);
            w.WriteStartArray("choices");
            w.WriteStartObject();
            w.WriteNumber("index", 0);
            w.WriteStartObject("delta");
            if (first)
            {
                w.WriteString("role", "assistant");
            }

            if (delta is not null)
            {
                w.WriteString("content", delta);
            }

            w.WriteEndObject();
            w.WriteNull("logprobs");
            if (reason is null)
            {
                w.WriteNull("finish_reason");
            }
            else
            {
                w.WriteString("finish_reason", Spell(reason.Value));
            }

            w.WriteEndObject();
            w.WriteEndArray();
        });

    /// <summary>The last chunk of a stream that asked for its usage: no choices.</summary>
    public static byte[] UsageChunk(string id, long created, string model, Usage usage, NanoTon cost) =>
        Write(w =>
        {
            Head(w, id, "chat.completion.chunk", created, model);
            w.WriteStartArray("choices");
            w.WriteEndArray();
            WriteUsage(w, usage, cost);
        });

    public static byte[] Error(ErrorCode code, string message, string hint) =>
        Write(w =>
        {
            w.WriteStartObject("error");
            w.WriteString("message", message);
            w.WriteString("type", code is ErrorCode.Usage or ErrorCode.TooLarge or ErrorCode.UnknownModel ? "invalid_request_error" : "api_error");
            w.WriteNull("param");
            w.WriteString("code", code.Name());
            w.WriteString("hint", hint);
            w.WriteEndObject();
        });

    public static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        System.Buffers.ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Head(Utf8JsonWriter w, string id, string kind, long created, string model)
    {
        w.WriteString("id", id);
        w.WriteString("object", kind);
        w.WriteNumber("created", created);
        w.WriteString("model", model);
    }

    private static void WriteUsage(Utf8JsonWriter w, Usage usage, NanoTon cost)
    {
        w.WriteStartObject("usage");
        w.WriteNumber("prompt_tokens", usage.Prompt);
        w.WriteNumber("completion_tokens", usage.Completion);
        w.WriteNumber("total_tokens", usage.Prompt + usage.Completion);
        w.WriteStartObject("prompt_tokens_details");
        w.WriteNumber("cached_tokens", usage.Cached);
        w.WriteEndObject();
        w.WriteString("cost", Money.Show(cost));
        w.WriteEndObject();
    }

    private static string Spell(FinishReason reason) => reason == FinishReason.Stop ? "stop" : "length";
}
