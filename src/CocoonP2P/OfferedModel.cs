namespace CocoonP2P;

/// <summary>A model that somebody serves.</summary>
/// <param name="Name">The manifest's name.</param>
/// <param name="Id">Hex of its id.</param>
/// <param name="Workers">How many offer it now.</param>
/// <param name="ContextTokens">The largest context offered.</param>
/// <param name="LowestPrice">Nanoton for 10⁶ generated tokens, where it is cheapest.</param>
public sealed record OfferedModel(string Name, string Id, int Workers, int ContextTokens, ulong LowestPrice);
