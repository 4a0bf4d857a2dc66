using System.Collections.Frozen;

namespace CocoonP2P.Text.Grammar.Patterns;

/// <summary>Formats of strings as patterns: everything that one allows is of the format, though not the reverse.</summary>
internal static class Formats
{
    private const string Date =
        @"[1-9]\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))";

    private const string Time = @"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)";
    private const string Label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?";
    private const string Host = Label + @"(?:\." + Label + "){0,6}";
    private const string Mailbox = @"[a-zA-Z0-9_+-]{1,32}(?:\.[a-zA-Z0-9_+-]{1,16}){0,3}";
    private const string Byte = @"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)";

    private static readonly FrozenDictionary<string, string> Patterns = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["date"] = Date,
        ["time"] = Time,
        ["date-time"] = $"{Date}T{Time}",
        ["duration"] = @"P(?:\d{1,4}W|\d{1,4}D(?:T\d{1,4}[HMS])?|T\d{1,4}[HMS])",
        ["email"] = $@"{Mailbox}@{Host}\.[a-z]{{2,12}}",
        ["hostname"] = Host,
        ["ipv4"] = $@"{Byte}(?:\.{Byte}){{3}}",
        ["ipv6"] = "[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}",
        ["uuid"] = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        ["uri"] = $"https?://{Host}(?:/[a-zA-Z0-9._~-]{{0,64}}){{0,8}}",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The pattern of a format, with anchors; null for one that is not known.</summary>
    public static string? Pattern(string format) => Patterns.TryGetValue(format, out string? pattern) ? $"^(?:{pattern})$" : null;
}
