namespace CocoonP2P.Libp2p;

/// <summary>This peer on the network. Disposing it closes every listener, connection and stream, and waits for all of them.</summary>
public interface ILocalPeer : IAsyncDisposable
{
    /// <summary>Who this peer is.</summary>
    Identity Identity { get; }

    /// <summary>Where it really listens, ports filled in, without its own id.</summary>
    IReadOnlyList<Multiaddress> ListenAddresses { get; }

    /// <summary>The connections that are open now.</summary>
    IReadOnlyList<ISession> Sessions { get; }

    /// <summary>What is known of other peers.</summary>
    PeerStore PeerStore { get; }

    /// <summary>The open session with a peer that new streams should use, if there is one.</summary>
    ISession? FindSession(PeerId peer);

    /// <summary>Opens the doors. Register handlers first: some peers ask once only.</summary>
    /// <param name="addresses">Where to listen; unset, <see cref="Libp2pOptions.ListenAddresses"/>.</param>
    /// <param name="ct">Gives up.</param>
    Task StartListenAsync(IReadOnlyList<Multiaddress>? addresses = null, CancellationToken ct = default);

    /// <summary>The session with the peer this address ends in; the one that is open, else a new one.</summary>
    /// <exception cref="PeerMismatchException">Another peer answered.</exception>
    /// <exception cref="DialException">Nobody answered.</exception>
    Task<ISession> DialAsync(Multiaddress address, CancellationToken ct = default);

    /// <summary>The same with several addresses of one peer, raced.</summary>
    Task<ISession> DialAsync(IReadOnlyList<Multiaddress> addresses, CancellationToken ct = default);

    /// <summary>The same with the addresses the peer store has.</summary>
    Task<ISession> DialAsync(PeerId peer, CancellationToken ct = default);

    /// <summary>Serves a protocol until the result is disposed.</summary>
    /// <exception cref="ArgumentException">It is served already.</exception>
    IDisposable Handle(string protocol, StreamHandler handler, StreamLimits? limits = null);

    /// <summary>Keeps connections with this peer from being closed for idleness or trimmed, until the result is disposed.</summary>
    IDisposable Protect(PeerId peer);

    /// <summary>A connection has been secured and is ready. Called before any of its streams is served; must not block.</summary>
    event Action<ISession>? OnConnected;

    /// <summary>A connection that was announced has ended. Must not block.</summary>
    event Action<ISession, SessionEnd>? OnDisconnected;
}
