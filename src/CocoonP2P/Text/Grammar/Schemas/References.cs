using System.Globalization;
using System.Text.Json;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>$ref within one document: "#" or "#/…", RFC 6901.</summary>
internal static class References
{
    private const int MostHops = 16;

    public static SchemaNode Follow(SchemaNode root, SchemaNode from, JsonElement reference, int hops)
    {
        string target = reference.ValueKind == JsonValueKind.String ? reference.GetString()! : "";
        if (hops >= MostHops)
        {
            from.Refuse("$ref", "it leads on and on");
        }

        if (target != "#" && !target.StartsWith("#/", StringComparison.Ordinal))
        {
            from.Refuse("$ref", "only places in the same document, as #/…, are supported");
        }

        JsonElement at = root.Element;
        foreach (string part in target.Split('/').Skip(1))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            bool found = at.ValueKind switch
            {
                JsonValueKind.Object => at.TryGetProperty(name, out at),
                JsonValueKind.Array => TryIndex(at, name, out at),
                _ => false,
            };
            if (!found)
            {
                from.Refuse("$ref", "it leads nowhere");
            }
        }

        return new SchemaNode(at, target);
    }

    private static bool TryIndex(JsonElement list, string name, out JsonElement item)
    {
        bool found = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.GetArrayLength();
        item = found ? list[index] : default;
        return found;
    }
}
