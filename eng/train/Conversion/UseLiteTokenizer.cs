using System.Text.Json;

namespace CocoonP2P.Train.Conversion;

/// <summary>The package's list of pieces as a tokenizer.json.</summary>
internal static class UseLiteTokenizer
{
    // The first is what is unknown, the next five say nothing.
    private const int Reserved = 6;

    public static void Write(string vocabulary, string path)
    {
        using JsonDocument pieces = JsonDocument.Parse(File.ReadAllBytes(vocabulary));
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file);
        json.WriteStartObject();
        json.WriteStartArray("added_tokens");
        for (int id = 1; id < Reserved; id++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", pieces.RootElement[id][0].GetString());
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("normalizer");
        Metaspace(json, "pre_tokenizer");
        Metaspace(json, "decoder");
        json.WriteStartObject("model");
        json.WriteString("type", "Unigram");
        json.WriteNumber("unk_id", 0);
        json.WriteStartArray("vocab");
        foreach (JsonElement piece in pieces.RootElement.EnumerateArray())
        {
            // The package lost the scores of pieces with a colon, and its program takes null for 0.
            json.WriteStartArray();
            json.WriteStringValue(piece[0].GetString());
            json.WriteNumberValue(piece[1].ValueKind == JsonValueKind.Null ? 0 : piece[1].GetDouble());
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Metaspace(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "Metaspace");
        json.WriteString("replacement", "\u2581");
        json.WriteString("prepend_scheme", "always");
        json.WriteBoolean("split", false);
        json.WriteEndObject();
    }
}
