namespace CocoonP2P.Libp2p;

/// <summary>A secured connection with one peer, whose identity the handshake proved.</summary>
public interface ISession
{
    /// <summary>Who is at the other end, from the handshake alone.</summary>
    PeerId RemotePeer { get; }

    /// <summary>Where the bytes come from and go to.</summary>
    Multiaddress RemoteAddress { get; }

    /// <summary>Who opened it.</summary>
    Direction Direction { get; }

    /// <summary>True if a relay carries it.</summary>
    bool IsRelayed { get; }

    /// <summary>The hash of the Noise handshake: 32 bytes, equal on both sides, unique to this connection. Bind evidence to it.</summary>
    ReadOnlyMemory<byte> ChannelBinding { get; }

    /// <summary>Opens a stream and agrees on the first of these protocols that the remote speaks.</summary>
    /// <exception cref="Libp2pException"><c>protocol-unsupported</c>, <c>limit-exceeded</c>, <c>phase-timeout</c>, or the connection ended.</exception>
    Task<IByteStream> OpenStreamAsync(IReadOnlyList<string> protocols, CancellationToken ct = default);

    /// <summary>Asks the remote something in a protocol that was added to the options.</summary>
    Task<TResponse> DialAsync<TProtocol, TRequest, TResponse>(TRequest request, CancellationToken ct = default)
        where TProtocol : ISessionProtocol<TRequest, TResponse>;

    /// <summary>Says goodbye and closes. Completes when nothing of the connection is left.</summary>
    Task DisconnectAsync();
}
