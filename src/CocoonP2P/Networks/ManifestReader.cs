using CocoonP2P.Configuration;

namespace CocoonP2P.Networks;

/// <summary>Takes the entries of a manifest one by one and collects what is wrong with them.</summary>
internal sealed class ManifestReader(string file, IReadOnlyList<TomlEntry> entries, List<ConfigProblem> problems)
{
    private const int DigestBytes = 48;
    private readonly Dictionary<string, TomlEntry> _left = entries.DistinctBy(e => e.Name).ToDictionary(e => e.Name);

    public string? Text(string name) => Take(name, v => v.AsText(), "a text");

    public int Int(string name) => Take(name, v => v.AsInt(), "a whole number") ?? 0;

    public bool Flag(string name) => Take(name, v => v.AsFlag(), "true or false") ?? false;

    public TimeSpan? Duration(string name) => Take(name, v => v.AsDuration(), "a time such as \"1s\"");

    public IReadOnlyList<string> List(string name) => Take(name, v => v.AsList(), "a list of texts") ?? [];

    public byte[]? Hex(string name, int length) => Take(name, v => HexOf(v, length), $"{length} bytes of hex");

    public IReadOnlyList<ReferenceMeasurement> Measurements()
    {
        const string prefix = "measurements.";
        string[] names =
        [
            .. _left.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
                .Select(k => k[prefix.Length..k.LastIndexOf('.')]).Distinct(StringComparer.Ordinal),
        ];
        return [.. names.Select(name => new ReferenceMeasurement(
            name,
            Hex($"{prefix}{name}.mrtd", DigestBytes) ?? [],
            [.. Enumerable.Range(0, 4).Select(i => Hex($"{prefix}{name}.rtmr{i}", DigestBytes) ?? [])]))];
    }

    /// <summary>Names and the hex of their ids. A dot in a name needs quotes, as everywhere in TOML.</summary>
    public IReadOnlyDictionary<string, string> Models()
    {
        const string prefix = "models.";
        return _left.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).ToArray()
            .ToDictionary(k => k[prefix.Length..], k => Hex(k, 32) is byte[] id ? Convert.ToHexStringLower(id) : "");
    }

    public void RefuseOthers() => problems.AddRange(_left.Values.Select(e =>
        new ConfigProblem($"{file}:{e.Line}:{e.Column}: unknown key '{e.Name}'", "see bootstrap/ for a manifest's keys")));

    private T? Take<T>(string name, Func<ConfigValue, T?> read, string kind)
    {
        if (!_left.Remove(name, out TomlEntry? entry))
        {
            return default;
        }

        if (read(entry.Value) is T value)
        {
            return value;
        }

        problems.Add(new ConfigProblem($"{file}:{entry.Line}: {name} has a value of another kind", $"write {kind}"));
        return default;
    }

    private static byte[]? HexOf(ConfigValue value, int length) =>
        value.AsText() is string text && text.Length == 2 * length && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
}
