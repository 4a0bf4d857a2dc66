namespace CocoonP2P.Options;

/// <summary>[chain] of node.toml.</summary>
internal sealed record ChainOptions
{
    /// <summary>toncenter-v2 endpoints, of different operators.</summary>
    /// <value>["network"]: those of the network's manifest.</value>
    public IReadOnlyList<string> Endpoints { get; init; } = ["network"];
}
