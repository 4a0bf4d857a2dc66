using System.Collections.Frozen;

namespace CocoonP2P.Libp2p;

/// <summary>One word an address is made of: its code, its name, and what follows.</summary>
/// <remarks>Codes are those of the multicodec table; specification addressing/README.md, "multiaddr in libp2p".</remarks>
internal sealed record MultiaddressProtocol(int Code, string Name, AddressValue Value)
{
    public static readonly MultiaddressProtocol Ip4 = new(4, "ip4", AddressValue.Ip4);
    public static readonly MultiaddressProtocol Tcp = new(6, "tcp", AddressValue.Port);
    public static readonly MultiaddressProtocol Ip6 = new(41, "ip6", AddressValue.Ip6);
    public static readonly MultiaddressProtocol Dns = new(53, "dns", AddressValue.Name);
    public static readonly MultiaddressProtocol Dns4 = new(54, "dns4", AddressValue.Name);
    public static readonly MultiaddressProtocol Dns6 = new(55, "dns6", AddressValue.Name);
    public static readonly MultiaddressProtocol DnsAddr = new(56, "dnsaddr", AddressValue.Name);
    public static readonly MultiaddressProtocol Udp = new(273, "udp", AddressValue.Port);
    public static readonly MultiaddressProtocol Circuit = new(290, "p2p-circuit", AddressValue.None);
    public static readonly MultiaddressProtocol P2p = new(421, "p2p", AddressValue.Peer);
    public static readonly MultiaddressProtocol QuicV1 = new(461, "quic-v1", AddressValue.None);
    public static readonly MultiaddressProtocol Ws = new(477, "ws", AddressValue.None);
    public static readonly MultiaddressProtocol Wss = new(478, "wss", AddressValue.None);
    public static readonly MultiaddressProtocol Memory = new(777, "memory", AddressValue.Number);

    private static readonly MultiaddressProtocol[] All =
        [Ip4, Tcp, Ip6, Dns, Dns4, Dns6, DnsAddr, Udp, Circuit, P2p, QuicV1, Ws, Wss, Memory];

    public static readonly FrozenDictionary<int, MultiaddressProtocol> ByCode = All.ToFrozenDictionary(p => p.Code);

    /// <summary><c>ipfs</c> is the old name of <c>p2p</c>, still found in configurations.</summary>
    public static readonly FrozenDictionary<string, MultiaddressProtocol> ByName =
        All.Append(P2p with { Name = "ipfs" }).ToFrozenDictionary(p => p.Name, p => p.Name == "ipfs" ? P2p : p, StringComparer.Ordinal);

    /// <summary>Bytes of the value, or -1 where a length stands before it.</summary>
    public int FixedLength => Value switch
    {
        AddressValue.None => 0,
        AddressValue.Port => 2,
        AddressValue.Ip4 => 4,
        AddressValue.Number => 8,
        AddressValue.Ip6 => 16,
        _ => -1,
    };
}
