using System.Net;
using System.Net.Sockets;

namespace CocoonP2P.Libp2p;

/// <summary>Addresses that one party is likely to hold together: what limits by address count.</summary>
internal static class AddressGroup
{
    /// <summary>One IPv4 address or IPv6 /64; null for loopback and names, which are exempt.</summary>
    public static string? Host(Multiaddress address) => Group(address, 4, 8);

    /// <summary>One IPv4 /24 or IPv6 /48; null for loopback and names.</summary>
    public static string? Subnet(Multiaddress address) => Group(address, 3, 6);

    private static string? Group(Multiaddress address, int ip4Bytes, int ip6Bytes)
    {
        if (address.IsLoopback || address.Ip is not { } ip)
        {
            return null;
        }

        IPAddress real = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        byte[] bytes = real.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, real.AddressFamily == AddressFamily.InterNetwork ? ip4Bytes : ip6Bytes));
    }
}
