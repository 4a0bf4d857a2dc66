namespace CocoonP2P.Libp2p;

/// <summary>Where in its life a connection is when the gater is asked.</summary>
public enum GateStage
{
    /// <summary>Before a peer is dialled; no address is chosen yet.</summary>
    DialPeer,

    /// <summary>Before one address is dialled.</summary>
    DialAddress,

    /// <summary>Somebody came in; only the address is known.</summary>
    Accept,

    /// <summary>The handshake proved who it is.</summary>
    Secured,

    /// <summary>The connection is complete, and not yet visible to anybody.</summary>
    Upgraded,
}
