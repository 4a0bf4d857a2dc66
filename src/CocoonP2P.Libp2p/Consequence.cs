namespace CocoonP2P.Libp2p;

/// <summary>What the caller should do about an error; the only thing to branch on.</summary>
public enum Consequence
{
    /// <summary>Nothing: it is reported, and over.</summary>
    None,

    /// <summary>Trying again at once can help.</summary>
    Retry,

    /// <summary>Our own or the remote's trouble of the moment: come back later.</summary>
    RetryLater,

    /// <summary>The stream is gone, the connection is not.</summary>
    ResetStream,

    /// <summary>The connection is gone.</summary>
    CloseConnection,

    /// <summary>The peer misbehaved, and its standing suffers.</summary>
    PenalisePeer,

    /// <summary>No honest peer does this.</summary>
    BanPeer,
}
