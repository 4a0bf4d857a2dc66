using CocoonP2P.Configuration;

namespace CocoonP2P.Node.Configuration;

/// <summary>One key of node.toml: how it is written, why it is, and where its value lives in the options.</summary>
/// <param name="Name">Section and key, such as "network.max_peers".</param>
/// <param name="Why">One line, as node.toml and docs/CONFIG.md print it.</param>
/// <param name="Show">The value as TOML.</param>
/// <param name="Set">The options with a new value, or null and the cure where the value is not of this key's kind.</param>
internal sealed record ConfigKey(
    string Name,
    string Why,
    Func<CocoonOptions, string> Show,
    Func<CocoonOptions, ConfigValue, (CocoonOptions? Options, string? Cure)> Set)
{
    public string Section => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    public string Key => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>As an environment variable: COCOON_NETWORK__MAX_PEERS.</summary>
    public string Variable => "COCOON_" + Name.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();
}
