using System.Text.Json;
using CocoonP2P.Text.Grammar.Automata;
using CocoonP2P.Text.Grammar.Patterns;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>The keywords pattern and format, each alone. Lengths beside them must hold for every string of the pattern anyway.</summary>
internal static class StringPatterns
{
    public static void Add(AutomatonBuilder build, SchemaNode schema, int least, int? most, int from, int to)
    {
        PatternNode pattern = Read(schema);
        (long shortest, long? longest) = pattern.Length();
        if (shortest < least || !(most is null || longest <= most))
        {
            schema.Refuse(shortest < least ? "minLength" : "maxLength", "strings of the pattern have other lengths; say them in the pattern");
        }

        int inside = build.Text(from, "\""u8), end = build.Node();
        new PatternAutomaton(build).Add(pattern, inside, end);
        build.Byte(end, (byte)'"', to);
    }

    private static PatternNode Read(SchemaNode schema)
    {
        string keyword = schema.Has("pattern") ? "pattern" : "format";
        if (keyword == "pattern" && schema.Has("format"))
        {
            schema.Refuse("format", "it cannot stand beside pattern");
        }

        schema.TryGet(keyword, out SchemaNode value);
        string text = value.Element.ValueKind == JsonValueKind.String ? value.Element.GetString()! : "";
        string? pattern = keyword == "pattern" ? text : Formats.Pattern(text);
        if (pattern is null or "")
        {
            schema.Refuse(keyword, "it is not one that is known");
        }

        try
        {
            return PatternParser.Parse(pattern);
        }
        catch (FormatException refused)
        {
            throw new GrammarRefusedException(new GrammarRefusal(keyword, schema.Pointer, refused.Message));
        }
    }
}
