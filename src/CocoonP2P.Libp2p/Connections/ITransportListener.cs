namespace CocoonP2P.Libp2p;

/// <summary>An open door. Disposing it closes the door and ends a pending accept.</summary>
internal interface ITransportListener : IDisposable
{
    /// <summary>Where it really listens, the port filled in.</summary>
    Multiaddress Address { get; }

    /// <summary>The next one to come in, or null once the listener is disposed.</summary>
    Task<IRawConnection?> AcceptAsync(CancellationToken ct);
}
