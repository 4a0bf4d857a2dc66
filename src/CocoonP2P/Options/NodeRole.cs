namespace CocoonP2P;

/// <summary>What a node does for others; a role is data, the engine is one.</summary>
public enum NodeRole
{
    /// <summary>Runs models and is paid for it.</summary>
    Worker,

    /// <summary>Asks, verifies and pays.</summary>
    Client,
}
