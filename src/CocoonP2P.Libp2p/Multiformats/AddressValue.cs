namespace CocoonP2P.Libp2p;

/// <summary>How the value of one part of an address is laid out.</summary>
internal enum AddressValue
{
    None,
    Ip4,
    Ip6,
    Port,
    Name,
    Peer,
    Number,
}
