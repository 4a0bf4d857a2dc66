namespace CocoonP2P.Configuration;

/// <summary>Something wrong with the configuration, and what to do about it.</summary>
/// <param name="Error">Where and what: "node.toml:12:1: unknown key 'max_pears'".</param>
/// <param name="Hint">The cure.</param>
internal sealed record ConfigProblem(string Error, string Hint);
