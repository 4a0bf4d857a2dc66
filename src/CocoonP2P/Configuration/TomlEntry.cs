namespace CocoonP2P.Configuration;

/// <summary>A key and value of a TOML file with its place.</summary>
/// <param name="Name">Section and key with a dot between.</param>
/// <param name="Value">As written.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal sealed record TomlEntry(string Name, ConfigValue Value, int Line, int Column);
