using System.Text.Json;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>usage, with what it cost: the sum over all choices, since each is a job that was paid.</summary>
internal static class UsageJson
{
    public static void Write(Utf8JsonWriter w, Usage usage, NanoTon cost)
    {
        w.WriteStartObject("usage");
        w.WriteNumber("prompt_tokens", usage.Prompt);
        w.WriteNumber("completion_tokens", usage.Completion);
        w.WriteNumber("total_tokens", (ulong)usage.Prompt + usage.Completion);
        w.WriteStartObject("prompt_tokens_details");
        w.WriteNumber("cached_tokens", usage.Cached);
        w.WriteEndObject();
        w.WriteString("cost", Money.Show(cost));
        w.WriteEndObject();
    }

    /// <summary>Embeddings have no completion.</summary>
    public static void WritePromptOnly(Utf8JsonWriter w, Usage usage, NanoTon cost)
    {
        w.WriteStartObject("usage");
        w.WriteNumber("prompt_tokens", usage.Prompt);
        w.WriteNumber("total_tokens", usage.Prompt);
        w.WriteString("cost", Money.Show(cost));
        w.WriteEndObject();
    }
}
