namespace CocoonP2P.Libp2p;

/// <summary>Makes local peers.</summary>
public interface IPeerFactory
{
    /// <summary>A peer with this identity, which it does not dispose.</summary>
    ILocalPeer Create(Identity identity);
}
