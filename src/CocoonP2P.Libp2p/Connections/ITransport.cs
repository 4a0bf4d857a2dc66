namespace CocoonP2P.Libp2p;

/// <summary>A way to reach another machine: bytes, with no security and no streams yet.</summary>
internal interface ITransport
{
    bool CanUse(Multiaddress address);

    Task<IRawConnection> DialAsync(Multiaddress address, CancellationToken ct);

    Task<ITransportListener> ListenAsync(Multiaddress address, CancellationToken ct);
}

/// <summary>An open door. Disposing it closes the door and ends a pending accept.</summary>
internal interface ITransportListener : IDisposable
{
    /// <summary>Where it really listens, the port filled in.</summary>
    Multiaddress Address { get; }

    /// <summary>The next one to come in, or null once the listener is disposed.</summary>
    Task<IRawConnection?> AcceptAsync(CancellationToken ct);
}

/// <summary>Raw bytes to and from another machine. Disposing it aborts.</summary>
internal interface IRawConnection : IByteChannel, IDisposable
{
    Multiaddress RemoteAddress { get; }
}
