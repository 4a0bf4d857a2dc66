namespace CocoonP2P.Libp2p;

/// <summary>Raw bytes to and from another machine. Disposing it aborts.</summary>
internal interface IRawConnection : IByteChannel, IDisposable
{
    Multiaddress RemoteAddress { get; }
}
