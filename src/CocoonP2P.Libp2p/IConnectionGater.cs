namespace CocoonP2P.Libp2p;

