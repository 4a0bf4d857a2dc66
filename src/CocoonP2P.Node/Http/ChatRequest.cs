using System.Security.Cryptography;
using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Protocol;
using CocoonP2P.Text;

namespace CocoonP2P.Node.Http;

/// <summary>A POST to /v1/chat/completions, read strictly: a field that this node does not support is named, never ignored.</summary>
/// <param name="Order">For the engine.</param>
/// <param name="Stream">Server-sent events instead of one document.</param>
/// <param name="IncludeUsage">A last chunk with the usage.</param>
internal sealed record ChatRequest(ChatOrder Order, bool Stream, bool IncludeUsage)
{
    private const int MaxTurns = 1024;
    private const int MaxStop = 16;

    /// <exception cref="CocoonException">Usage, with the field in the message.</exception>
    public static ChatRequest Read(JsonElement body, string? maxCost)
    {
        Require(body.ValueKind == JsonValueKind.Object, "the body", "send a JSON object");
        string model = "";
        IReadOnlyList<ChatTurn> turns = [];
        int? maxTokens = null;
        SamplingParameters sampling = new() { Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) };
        IReadOnlyList<string> stop = [];
        bool stream = false, includeUsage = false;
        foreach (JsonProperty field in body.EnumerateObject())
        {
            JsonElement value = field.Value;
            switch (field.Name)
            {
                case "model": model = Text(field); break;
                case "messages": turns = Turns(value); break;
                case "max_tokens" or "max_completion_tokens": maxTokens = MaxTokens(field, maxTokens); break;
                case "temperature": sampling = sampling with { Temperature = Number(field, 0, 2) }; break;
                case "top_p": sampling = sampling with { TopP = Number(field, float.Epsilon, 1) }; break;
                case "top_k": sampling = sampling with { TopK = Whole(field, 0, 1 << 20) }; break;
                case "min_p": sampling = sampling with { MinP = Number(field, 0, 1) }; break;
                case "presence_penalty": sampling = sampling with { PresencePenalty = Number(field, -2, 2) }; break;
                case "frequency_penalty": sampling = sampling with { FrequencyPenalty = Number(field, -2, 2) }; break;
                case "repetition_penalty": sampling = sampling with { RepetitionPenalty = Number(field, 0.01f, 2) }; break;
                case "seed": sampling = sampling with { Seed = Seed(field, sampling.Seed) }; break;
                case "stop": stop = Stop(field); break;
                case "stream": stream = Flag(field); break;
                case "stream_options": includeUsage = IncludesUsage(value); break;
                // Who asks is nobody else's business: it never leaves this node.
                case "user": break;
                case "n" when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int n) && n == 1: break;
                default: throw Refuse(field.Name, "this field, or this value of it, is not supported; leave it out");
            }
        }

        Require(model.Length > 0, "model", "name one of /v1/models");
        Require(turns.Count > 0, "messages", "send at least one message");
        NanoTon? most = maxCost is null ? null : Money.TryParse(maxCost) ?? throw Refuse("Cocoon-Max-Cost", "write an amount such as \"0.01 TON\"");
        return new ChatRequest(
            new ChatOrder(model)
            {
                Chat = new ChatPrompt(turns),
                MaxTokens = maxTokens,
                Sampling = sampling,
                Stop = stop,
                Terms = new OrderTerms { MaxCost = most },
            },
            stream, includeUsage);
    }

    private static List<ChatTurn> Turns(JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MaxTurns, "messages", $"send an array of at most {MaxTurns}");
        List<ChatTurn> turns = [];
        foreach (JsonElement message in value.EnumerateArray())
        {
            Require(message.ValueKind == JsonValueKind.Object, "messages", "each message is an object with role and content");
            string? role = message.TryGetProperty("role", out JsonElement r) && r.ValueKind == JsonValueKind.String ? r.GetString() : null;
            Require(role is "system" or "developer" or "user" or "assistant", "messages.role", "one of system, developer, user, assistant");
            Require(message.TryGetProperty("content", out JsonElement content), "messages.content", "every message has content");
            turns.Add(new ChatTurn(role == "developer" ? "system" : role!, Content(content)));
        }

        return turns;
    }

    private static string Content(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            return content.GetString()!;
        }

        Require(content.ValueKind == JsonValueKind.Array, "messages.content", "a text, or an array of text parts");
        List<string> parts = [];
        foreach (JsonElement part in content.EnumerateArray())
        {
            Require(
                part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out JsonElement type) && type.ValueEquals("text")
                    && part.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String,
                "messages.content", "only parts of type text are supported");
            parts.Add(part.GetProperty("text").GetString()!);
        }

        return string.Concat(parts);
    }

    private static int? MaxTokens(JsonProperty field, int? before)
    {
        int value = Whole(field, 1, 1 << 20);
        Require(before is null || before == value, field.Name, "max_tokens and max_completion_tokens differ; send one");
        return value;
    }

    private static ulong Seed(JsonProperty field, ulong drawn)
    {
        if (field.Value.ValueKind == JsonValueKind.Null)
        {
            return drawn;
        }

        Require(field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt64(out _), field.Name, "send a 64-bit whole number");
        return unchecked((ulong)field.Value.GetInt64());
    }

    private static string[] Stop(JsonProperty field)
    {
        string[] stop = field.Value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.String => [field.Value.GetString()!],
            JsonValueKind.Array when field.Value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
                [.. field.Value.EnumerateArray().Select(e => e.GetString()!)],
            _ => throw Refuse(field.Name, "send a text or a list of texts"),
        };
        Require(
            stop.Length <= MaxStop && stop.All(s => s.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(s) <= 128),
            field.Name, $"at most {MaxStop} texts of 1 to 128 bytes");
        return stop;
    }

    private static bool IncludesUsage(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        Require(value.ValueKind == JsonValueKind.Object, "stream_options", "send an object");
        foreach (JsonProperty option in value.EnumerateObject())
        {
            Require(option.Name == "include_usage", "stream_options." + option.Name, "only include_usage is supported");
        }

        return value.TryGetProperty("include_usage", out JsonElement include) && include.ValueKind == JsonValueKind.True;
    }

    private static string Text(JsonProperty field)
    {
        Require(field.Value.ValueKind == JsonValueKind.String, field.Name, "send a text");
        return field.Value.GetString()!;
    }

    private static bool Flag(JsonProperty field)
    {
        Require(field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null, field.Name, "send true or false");
        return field.Value.ValueKind == JsonValueKind.True;
    }

    private static float Number(JsonProperty field, float least, float most)
    {
        Require(
            field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetSingle(out float number) && number >= least && number <= most,
            field.Name, System.FormattableString.Invariant($"send a number from {least:0.##} to {most:0.##}"));
        return field.Value.GetSingle();
    }

    private static int Whole(JsonProperty field, int least, int most)
    {
        Require(
            field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt32(out int number) && number >= least && number <= most,
            field.Name, $"send a whole number from {least} to {most}");
        return field.Value.GetInt32();
    }

    private static void Require(bool good, string field, string cure)
    {
        if (!good)
        {
            throw Refuse(field, cure);
        }
    }

    private static CocoonException Refuse(string field, string cure) => new(ErrorCode.Usage, $"{field}: not accepted", cure);
}
