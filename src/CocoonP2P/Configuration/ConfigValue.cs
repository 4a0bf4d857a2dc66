using System.Globalization;

namespace CocoonP2P.Configuration;

/// <summary>A value as TOML has it, and the readings of it that the keys need. A bare number is never a time, a size or money.</summary>
internal abstract record ConfigValue
{
    private ConfigValue()
    {
    }

    internal sealed record Text(string Value) : ConfigValue;

    internal sealed record Number(long Value) : ConfigValue;

    internal sealed record Flag(bool Value) : ConfigValue;

    internal sealed record List(IReadOnlyList<string> Value) : ConfigValue;

    /// <summary>Anything that no key takes: a float, a date, a table, a mixed list.</summary>
    internal sealed record Other(string Kind) : ConfigValue;

    public string? AsText() => (this as Text)?.Value;

    public IReadOnlyList<string>? AsList() => (this as List)?.Value;

    public bool? AsFlag() => (this as Flag)?.Value;

    public int? AsInt() => this is Number { Value: >= int.MinValue and <= int.MaxValue } number ? (int)number.Value : null;

    /// <summary>"250ms", "30s", "5m", "1h".</summary>
    public TimeSpan? AsDuration()
    {
        (string Suffix, double Milliseconds)[] units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];
        foreach ((string suffix, double milliseconds) in units)
        {
            if (AsText() is string text && text.EndsWith(suffix, StringComparison.Ordinal)
                && uint.TryParse(text[..^suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out uint value))
            {
                return TimeSpan.FromMilliseconds(value * milliseconds);
            }
        }

        return null;
    }
}
