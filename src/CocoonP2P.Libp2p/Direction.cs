namespace CocoonP2P.Libp2p;

/// <summary>Who opened a connection.</summary>
public enum Direction
{
    /// <summary>The remote peer did.</summary>
    Inbound,

    /// <summary>This peer did.</summary>
    Outbound,
}
