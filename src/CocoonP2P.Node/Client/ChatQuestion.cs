using CocoonP2P.Node.Http;

namespace CocoonP2P.Node.Client;

/// <summary>A question that a command puts to a node.</summary>
/// <param name="Model">Name or id.</param>
/// <param name="Prompt">The user's words.</param>
internal sealed record ChatQuestion(string Model, string Prompt)
{
    /// <summary>A system message; null for none.</summary>
    public string? System { get; init; }

    /// <summary>Most tokens of the answer; null for the model's bound.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>0 to 2; null for the model's default.</summary>
    public double? Temperature { get; init; }

    /// <summary>Null: the node draws one.</summary>
    public long? Seed { get; init; }

    /// <summary>Headers that bound the order, such as Cocoon-Max-Cost.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>As a streamed chat with usage.</summary>
    public byte[] Body() => OpenAiJson.Write(w =>
    {
        w.WriteString("model", Model);
        w.WriteStartArray("messages");
        foreach ((string role, string? content) in new[] { ("system", System), ("user", Prompt) })
        {
            if (content is not null)
            {
                w.WriteStartObject();
                w.WriteString("role", role);
                w.WriteString("content", content);
                w.WriteEndObject();
            }
        }

        w.WriteEndArray();
        if (MaxTokens is int most)
        {
            w.WriteNumber("max_tokens", most);
        }

        if (Temperature is double temperature)
        {
            w.WriteNumber("temperature", temperature);
        }

        if (Seed is long seed)
        {
            w.WriteNumber("seed", seed);
        }

        w.WriteBoolean("stream", true);
        w.WriteStartObject("stream_options");
        w.WriteBoolean("include_usage", true);
        w.WriteEndObject();
    });
}
