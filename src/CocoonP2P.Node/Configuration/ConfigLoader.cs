using CocoonP2P.Configuration;

namespace CocoonP2P.Node.Configuration;

/// <summary>A value's origin, as `cocoon config show` prints it: "default", "node.toml:12" or "COCOON_…".</summary>
internal sealed record ConfigOrigin(ConfigKey Key, string Shown, string Origin);

/// <summary>The options of this run, where each came from, and everything wrong with them.</summary>
internal sealed record LoadedConfig(CocoonOptions Options, IReadOnlyList<ConfigOrigin> Origins, IReadOnlyList<ConfigProblem> Problems);

/// <summary>Defaults, then node.toml, then the environment. Pure: text and variables come in as arguments.</summary>
internal static class ConfigLoader
{
    public static LoadedConfig Load(string file, string? text, Func<string, string?> variable)
    {
        List<ConfigProblem> problems = [];
        Dictionary<string, string> origins = [];
        CocoonOptions options = new();
        if (text is not null)
        {
            options = ReadFile(file, text, options, origins, problems);
        }

        foreach (ConfigKey key in ConfigKeys.All)
        {
            if (variable(key.Variable) is string value)
            {
                (CocoonOptions? changed, string? cure) = key.Set(options, FromVariable(value));
                Apply(key, changed, cure, key.Variable, ref options, origins, problems);
            }
        }

        problems.AddRange(options.Problems().Select(p =>
            new ConfigProblem($"{origins.GetValueOrDefault(p.Key, file)}: {p.Key}: {p.Text}", p.Cure)));
        return new LoadedConfig(
            options,
            [.. ConfigKeys.All.Select(k => new ConfigOrigin(k, k.Show(options), origins.GetValueOrDefault(k.Name, "default")))],
            problems);
    }

    private static CocoonOptions ReadFile(
        string file, string text, CocoonOptions options, Dictionary<string, string> origins, List<ConfigProblem> problems)
    {
        (IReadOnlyList<TomlEntry> entries, IReadOnlyList<ConfigProblem> syntax) = Toml.Read(file, text);
        problems.AddRange(syntax);
        foreach (TomlEntry entry in entries)
        {
            string place = $"{file}:{entry.Line}";
            if (ConfigKeys.Find(entry.Name) is not ConfigKey key)
            {
                string nearest = Nearest.To(entry.Name, ConfigKeys.All.Select(k => k.Name));
                problems.Add(new ConfigProblem($"{place}:{entry.Column}: unknown key '{entry.Name}'", $"did you mean '{nearest}'?"));
                continue;
            }

            (CocoonOptions? changed, string? cure) = key.Set(options, entry.Value);
            Apply(key, changed, cure, place, ref options, origins, problems);
        }

        return options;
    }

    private static void Apply(
        ConfigKey key, CocoonOptions? changed, string? cure, string origin,
        ref CocoonOptions options, Dictionary<string, string> origins, List<ConfigProblem> problems)
    {
        if (changed is null)
        {
            problems.Add(new ConfigProblem($"{origin}: {key.Name} has a value of another kind", cure ?? ""));
            return;
        }

        options = changed;
        origins[key.Name] = origin;
    }

    /// <summary>A variable has no TOML type: what reads as a number or a flag is one, a comma makes a list.</summary>
    private static ConfigValue FromVariable(string value)
    {
        if (long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out long number))
        {
            return new ConfigValue.Number(number);
        }

        if (bool.TryParse(value, out bool flag))
        {
            return new ConfigValue.Flag(flag);
        }

        return value.Contains(',', StringComparison.Ordinal)
            ? new ConfigValue.List(value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            : new ConfigValue.Text(value);
    }
}
