using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CocoonP2P.Libp2p;

/// <summary>One part of an address, such as <c>/tcp/4001</c>: the word and its value as it goes over the wire.</summary>
internal readonly struct MultiaddressPart(MultiaddressProtocol protocol, ReadOnlyMemory<byte> value)
{
    public MultiaddressProtocol Protocol => protocol;

    public ReadOnlySpan<byte> Value => value.Span;

    public int Port => BinaryPrimitives.ReadUInt16BigEndian(value.Span);

    public ulong Number => BinaryPrimitives.ReadUInt64BigEndian(value.Span);

    public IPAddress Ip => new(value.Span);

    public string Text => Protocol.Value switch
    {
        AddressValue.Ip4 or AddressValue.Ip6 => Ip.ToString(),
        AddressValue.Port => Port.ToString(CultureInfo.InvariantCulture),
        AddressValue.Number => Number.ToString(CultureInfo.InvariantCulture),
        AddressValue.Name => Encoding.ASCII.GetString(value.Span),
        AddressValue.Peer => Base58.Encode(value.Span),
        _ => "",
    };

    /// <summary>Whether these bytes can be the value of that word.</summary>
    public static bool IsValid(MultiaddressProtocol protocol, ReadOnlySpan<byte> value) => protocol.Value switch
    {
        AddressValue.Name => IsName(value),
        AddressValue.Peer => PeerId.TryFromBytes(value, out _),
        _ => true,
    };

    public static bool TryParse(MultiaddressProtocol protocol, string text, [NotNullWhen(true)] out byte[]? value)
    {
        value = protocol.Value switch
        {
            AddressValue.Ip4 => ParseIp(text, AddressFamily.InterNetwork),
            AddressValue.Ip6 => ParseIp(text, AddressFamily.InterNetworkV6),
            AddressValue.Port => ParsePort(text),
            AddressValue.Number => ParseNumber(text),
            AddressValue.Peer => PeerId.TryParse(text, out PeerId peer) ? peer.ToBytes() : null,
            AddressValue.Name => text.All(char.IsAscii) && IsName(Encoding.ASCII.GetBytes(text)) ? Encoding.ASCII.GetBytes(text) : null,
            _ => [],
        };
        return value is not null;
    }

    /// <summary>Printable, of a name's length, and without the slash that would begin the next part.</summary>
    private static bool IsName(ReadOnlySpan<byte> value) =>
        value.Length is > 0 and <= 255 && value.IndexOf((byte)'/') < 0 && !value.ContainsAnyExceptInRange((byte)0x21, (byte)0x7e);

    private static byte[]? ParseIp(string text, AddressFamily family) =>
        IPAddress.TryParse(text, out IPAddress? ip) && ip.AddressFamily == family
        && (family == AddressFamily.InterNetworkV6 ? !text.Contains('%', StringComparison.Ordinal) : ip.ToString() == text)
            ? ip.GetAddressBytes()
            : null;

    private static byte[]? ParsePort(string text)
    {
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return null;
        }

        byte[] value = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(value, port);
        return value;
    }

    private static byte[]? ParseNumber(string text)
    {
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
        {
            return null;
        }

        byte[] value = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(value, number);
        return value;
    }
}
