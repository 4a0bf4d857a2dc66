using System.Globalization;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace CocoonP2P.Configuration;

/// <summary>TOML as this program reads and writes it.</summary>
internal static class Toml
{
    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    public static string Duration(TimeSpan span)
    {
        (string Suffix, double Unit)[] units = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];
        foreach ((string suffix, double unit) in units)
        {
            // One minute and a half is "90s", and one minute is "60s" as people write it here: hours and minutes only when larger.
            if (span.TotalMilliseconds >= unit && span.TotalMilliseconds % unit == 0 && (unit < 60_000 || span.TotalMilliseconds > unit))
            {
                return (span.TotalMilliseconds / unit).ToString(CultureInfo.InvariantCulture) + suffix;
            }
        }

        return "0s";
    }

    /// <summary>All keys with their places, or the syntax errors.</summary>
    public static (IReadOnlyList<TomlEntry> Entries, IReadOnlyList<ConfigProblem> Problems) Read(string file, string text)
    {
        DocumentSyntax document = SyntaxParser.Parse(text, file, false);
        if (document.HasErrors)
        {
            return ([], [.. document.Diagnostics.Select(d => new ConfigProblem(
                $"{file}:{d.Span.Start.Line + 1}:{d.Span.Start.Column + 1}: {d.Message}", "mend the syntax: https://toml.io says how"))]);
        }

        List<TomlEntry> entries = [];
        Collect(entries, "", document.KeyValues);
        foreach (TableSyntaxBase table in document.Tables)
        {
            Collect(entries, Name(table.Name) + ".", table.Items);
        }

        return (entries, []);
    }

    private static void Collect(List<TomlEntry> entries, string prefix, IEnumerable<SyntaxNode> items)
    {
        foreach (KeyValueSyntax item in items.OfType<KeyValueSyntax>())
        {
            entries.Add(new TomlEntry(
                prefix + Name(item.Key), Value(item.Value), item.Span.Start.Line + 1, item.Span.Start.Column + 1));
        }
    }

    private static string Name(KeySyntax? key) => key?.ToString().Trim().Trim('"') ?? "";

    private static ConfigValue Value(ValueSyntax? value) => value switch
    {
        StringValueSyntax { Value: string text } => new ConfigValue.Text(text),
        IntegerValueSyntax number => new ConfigValue.Number(number.Value),
        BooleanValueSyntax flag => new ConfigValue.Flag(flag.Value),
        ArraySyntax array when array.Items.All(i => i.Value is StringValueSyntax) =>
            new ConfigValue.List([.. array.Items.Select(i => ((StringValueSyntax)i.Value!).Value ?? "")]),
        _ => new ConfigValue.Other(value?.Kind.ToString() ?? "nothing"),
    };
}
