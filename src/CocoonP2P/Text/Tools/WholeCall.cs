using System.Text.Json;

namespace CocoonP2P.Text.Tools;

/// <summary>A call that is there as a whole, its members in any order.</summary>
internal static class WholeCall
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    public static bool TryRead(string json, out string name, out string arguments)
    {
        (name, arguments) = ("", "{}");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            JsonElement call = document.RootElement;
            if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("name", out JsonElement named) || named.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            name = named.GetString()!;
            bool given = call.TryGetProperty("arguments", out JsonElement value) || call.TryGetProperty("parameters", out value);
            arguments = given ? value.GetRawText() : arguments;
            return name.Length is > 0 and <= 64 && (!given || value.ValueKind == JsonValueKind.Object);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
