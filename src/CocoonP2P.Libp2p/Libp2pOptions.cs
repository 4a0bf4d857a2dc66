namespace CocoonP2P.Libp2p;

/// <summary>How a local peer behaves; nothing here changes while it runs.</summary>
public sealed record Libp2pOptions
{
    /// <summary>Where <see cref="ILocalPeer.StartListenAsync"/> listens. <value>None: a client.</value></summary>
    public IReadOnlyList<Multiaddress> ListenAddresses { get; init; } = [];

    /// <summary>Addresses to tell others instead of the ones listened at, behind a port forwarding for instance. <value>None.</value></summary>
    public IReadOnlyList<Multiaddress> AnnounceAddresses { get; init; } = [];

    /// <summary>What identify calls this program; at most 128 bytes. <value>cocoon-libp2p.</value></summary>
    public string AgentVersion { get; init; } = "cocoon-libp2p";

    /// <summary>What identify calls the network. <value>cocoon/0.1.0.</value></summary>
    public string ProtocolVersion { get; init; } = "cocoon/0.1.0";

    /// <summary>Allows dialling an address that names no peer. <value>false: whoever answers would do.</value></summary>
    public bool AnyPeer { get; init; }

    /// <summary>Offers muxers inside the Noise handshake, which saves a round trip. <value>true.</value></summary>
    public bool EarlyMuxerNegotiation { get; init; } = true;

    /// <summary>Who may connect. <value>Unset: everybody.</value></summary>
    public IConnectionGater? Gater { get; init; }

    /// <summary>Bounds on everything a remote peer can feed.</summary>
    public Libp2pLimits Limits { get; init; } = new();

    /// <summary>Protocols for <see cref="ISession.DialAsync{TProtocol, TRequest, TResponse}"/>; they are served, too.</summary>
    public IReadOnlyList<ISessionProtocol> Protocols { get; init; } = [];
}
