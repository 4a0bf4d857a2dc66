namespace CocoonP2P.Libp2p;

/// <summary>A way to reach another machine: bytes, with no security and no streams yet.</summary>
internal interface ITransport
{
    bool CanUse(Multiaddress address);

    Task<IRawConnection> DialAsync(Multiaddress address, CancellationToken ct);

    Task<ITransportListener> ListenAsync(Multiaddress address, CancellationToken ct);
}
