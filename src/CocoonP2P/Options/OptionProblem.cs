namespace CocoonP2P.Options;

/// <summary>A setting that cannot be.</summary>
/// <param name="Key">As in node.toml, such as "network.max_peers".</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Cure">What to write instead.</param>
internal sealed record OptionProblem(string Key, string Text, string Cure);
