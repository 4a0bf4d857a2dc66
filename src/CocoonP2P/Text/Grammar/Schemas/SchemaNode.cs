using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>A schema within a schema, with where it stands.</summary>
internal readonly record struct SchemaNode(JsonElement Element, string Pointer)
{
    public bool Has(string keyword) => Element.TryGetProperty(keyword, out _);

    public bool TryGet(string keyword, out SchemaNode value)
    {
        bool found = Element.TryGetProperty(keyword, out JsonElement element);
        value = new SchemaNode(element, Child(keyword));
        return found;
    }

    /// <summary>A keyword that is a list of at most so many.</summary>
    public SchemaNode[] List(string keyword, int most)
    {
        JsonElement list = Element.GetProperty(keyword);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 || list.GetArrayLength() > most)
        {
            Refuse(keyword, $"it is not a list of 1 to {most}");
        }

        string pointer = Child(keyword);
        return [.. list.EnumerateArray().Select((e, i) => new SchemaNode(e, $"{pointer}/{i}"))];
    }

    /// <summary>A keyword that counts; null where it is missing.</summary>
    public int? Count(string keyword)
    {
        if (!Element.TryGetProperty(keyword, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int count) || count < 0)
        {
            Refuse(keyword, "it is not a count");
        }

        return value.GetInt32();
    }

    public SchemaNode Under(string keyword, JsonProperty member) => new(member.Value, $"{Child(keyword)}/{Escaped(member.Name)}");

    [DoesNotReturn]
    public void Refuse(string keyword, string problem) => throw new GrammarRefusedException(new GrammarRefusal(keyword, Pointer, problem));

    private string Child(string name) => $"{Pointer}/{Escaped(name)}";

    // RFC 6901.
    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
