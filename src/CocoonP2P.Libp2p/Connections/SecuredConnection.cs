namespace CocoonP2P.Libp2p;

/// <summary>A connection after its handshake: who is there, and the channel to them. The muxer is agreed on already.</summary>
internal sealed record SecuredConnection(
    IRawConnection Raw, NoiseChannel Channel, PeerId RemotePeer, byte[] ChannelBinding, Direction Direction) : IDisposable
{
    /// <summary>Aborts a connection that nobody reads or writes yet.</summary>
    public void Dispose()
    {
        Channel.Dispose();
        Channel.Forget();
    }
}
