namespace CocoonP2P.Peers;

/// <summary>The peer-to-peer network as the engine needs it; an adapter binds it to a library.</summary>
internal interface IPeerNetwork : IAsyncDisposable
{
    /// <summary>This node's peer id, 38 bytes.</summary>
    byte[] PeerId { get; }

    /// <summary>Signs with the identity key, Ed25519.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);

    /// <summary>Where this node really listens, as multiaddrs without its id.</summary>
    IReadOnlyList<string> ListenAddresses { get; }

    /// <summary>Whom it is connected to.</summary>
    IReadOnlyList<PeerSummary> Connected { get; }

    /// <summary>Answers a protocol. Register before <see cref="StartAsync"/>.</summary>
    void Handle(string protocol, Func<IPeerSession, IPeerStream, CancellationToken, Task> handler);

    /// <summary>Joins a gossip topic; <paramref name="validate"/> judges each message before it is passed on.</summary>
    IGossipTopic Join(string topic, GossipValidator validate);

    /// <summary>Listens, and keeps dialling the bootstrap peers while there are few.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>A session with exactly this peer, open already or dialled at one of the addresses.</summary>
    /// <exception cref="PeerUnreachableException">Nobody answered, or somebody else did.</exception>
    Task<IPeerSession> ConnectAsync(byte[] peerId, IReadOnlyList<string> addresses, CancellationToken cancellationToken);
}

/// <summary>A connection to a peer whose identity was proven.</summary>
internal interface IPeerSession
{
    /// <summary>38 bytes.</summary>
    byte[] RemotePeer { get; }

    /// <summary>A value that only this connection's two ends share, 32 bytes.</summary>
    byte[] ChannelBinding { get; }

    Task<IPeerStream> OpenStreamAsync(string protocol, CancellationToken cancellationToken);
}

/// <summary>A topic of the gossip mesh.</summary>
internal interface IGossipTopic
{
    ValueTask PublishAsync(byte[] data, CancellationToken cancellationToken);
}

/// <summary>What to do with a message of the mesh.</summary>
internal enum GossipVerdict
{
    /// <summary>Pass it on.</summary>
    Accept,

    /// <summary>Drop it, and blame nobody.</summary>
    Ignore,

    /// <summary>Drop it, and lower the sender's score.</summary>
    Reject,
}

/// <summary>Judges a message by its author and bytes. Must be quick: it stands between the mesh and the next peer.</summary>
internal delegate GossipVerdict GossipValidator(byte[] author, ReadOnlyMemory<byte> data);

/// <summary>One line of the peer list.</summary>
internal sealed record PeerSummary(string PeerId, string Address, bool Inbound);

/// <summary>The peer could not be reached under its own identity.</summary>
internal sealed class PeerUnreachableException(string message, Exception inner) : Exception(message, inner);
