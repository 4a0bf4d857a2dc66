using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace CocoonP2P.Libp2p;

/// <summary>
/// An address that says how to reach a peer, such as <c>/ip4/192.0.2.7/tcp/4001/p2p/12D3…</c>. Immutable; equal by its
/// bytes. Known words: ip4, ip6, dns, dns4, dns6, dnsaddr, tcp, udp, p2p, p2p-circuit, quic-v1, ws, wss, memory.
/// </summary>
/// <remarks>Specification addressing/README.md. An address with another word does not parse.</remarks>
public sealed class Multiaddress : IEquatable<Multiaddress>
{
    /// <summary>The longest address kept, in bytes of its binary form.</summary>
    public const int MaxBytes = 512;

    private const int MaxParts = 16;
    private readonly byte[] _bytes;

    private Multiaddress(byte[] bytes, MultiaddressPart[] parts) => (_bytes, Parts) = (bytes, parts);

    /// <summary>The peer named last, if any: who must answer at this address.</summary>
    public PeerId? PeerId =>
        Parts is [.., { Protocol.Value: AddressValue.Peer } last] && Libp2p.PeerId.TryFromBytes(last.Value, out PeerId peer) ? peer : null;

    /// <summary>The same address without the peer at its end.</summary>
    public Multiaddress WithoutPeerId => PeerId is null ? this : Create(Parts[..^1]);

    internal MultiaddressPart[] Parts { get; }

    /// <summary>The IP address it begins with, or null for a name, a circuit or memory.</summary>
    internal IPAddress? Ip =>
        Parts is [{ Protocol.Value: AddressValue.Ip4 or AddressValue.Ip6 } first, ..] ? first.Ip : null;

    /// <summary>Loopback and in-process addresses are exempt from limits by address and rate.</summary>
    internal bool IsLoopback => Parts[0].Protocol == MultiaddressProtocol.Memory || (Ip is { } ip && IPAddress.IsLoopback(ip));

    /// <summary>Parses the text form.</summary>
    /// <exception cref="FormatException">The text is not an address, or has a word that is not known.</exception>
    public static Multiaddress Parse(string text) =>
        TryParse(text, out Multiaddress? address) ? address : throw new FormatException($"not a multiaddress: {text}");

    /// <summary>Parses the text form; false if it is not an address.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Multiaddress? address)
    {
        address = null;
        if (text is null || text.Length is < 2 or > 4 * MaxBytes || text[0] != '/')
        {
            return false;
        }

        string[] words = text.TrimEnd('/').Split('/');
        var parts = new List<MultiaddressPart>();
        for (int i = 1; i < words.Length; i++)
        {
            if (parts.Count == MaxParts || !MultiaddressProtocol.ByName.TryGetValue(words[i], out MultiaddressProtocol? protocol))
            {
                return false;
            }

            byte[]? value = [];
            if (protocol.Value != AddressValue.None && (++i == words.Length || !MultiaddressPart.TryParse(protocol, words[i], out value)))
            {
                return false;
            }

            parts.Add(new MultiaddressPart(protocol, value));
        }

        address = parts.Count > 0 ? Create([.. parts]) : null;
        return address is { _bytes.Length: <= MaxBytes };
    }

    /// <summary>Parses the binary form, as it goes over the wire; false if any part is unknown or malformed.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Multiaddress? address)
    {
        address = null;
        if (bytes.Length is 0 or > MaxBytes)
        {
            return false;
        }

        byte[] copy = bytes.ToArray();
        var parts = new List<MultiaddressPart>();
        for (int at = 0; at < copy.Length;)
        {
            if (parts.Count == MaxParts || !TryReadPart(copy, ref at, out MultiaddressPart part))
            {
                return false;
            }

            parts.Add(part);
        }

        address = new Multiaddress(copy, [.. parts]);
        return true;
    }

    /// <summary>The binary form.</summary>
    public byte[] ToBytes() => (byte[])_bytes.Clone();

    /// <summary>This address with <c>/p2p/…</c> at its end, replacing one that is there.</summary>
    public Multiaddress WithPeerId(PeerId peer) =>
        Create([.. WithoutPeerId.Parts, new MultiaddressPart(MultiaddressProtocol.P2p, peer.ToBytes())]);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (MultiaddressPart part in Parts)
        {
            text.Append('/').Append(part.Protocol.Name);
            if (part.Protocol.Value != AddressValue.None)
            {
                text.Append('/').Append(part.Text);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(Multiaddress? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Multiaddress);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    internal static Multiaddress Create(params MultiaddressPart[] parts)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (MultiaddressPart part in parts)
        {
            bytes.Advance(Varint.Write(bytes.GetSpan(Varint.MaxBytes), (ulong)part.Protocol.Code));
            if (part.Protocol.FixedLength < 0)
            {
                bytes.Advance(Varint.Write(bytes.GetSpan(Varint.MaxBytes), (ulong)part.Value.Length));
            }

            bytes.Write(part.Value);
        }

        return new Multiaddress(bytes.WrittenSpan.ToArray(), parts);
    }

    /// <summary>The address of a TCP socket.</summary>
    internal static Multiaddress FromEndPoint(IPEndPoint endPoint)
    {
        IPAddress ip = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        MultiaddressProtocol family = ip.GetAddressBytes().Length == 4 ? MultiaddressProtocol.Ip4 : MultiaddressProtocol.Ip6;
        byte[] port = [(byte)(endPoint.Port >> 8), (byte)(endPoint.Port & 0xff)];
        return Create(new MultiaddressPart(family, ip.GetAddressBytes()), new MultiaddressPart(MultiaddressProtocol.Tcp, port));
    }

    private static bool TryReadPart(byte[] bytes, ref int at, out MultiaddressPart part)
    {
        part = default;
        int used = Varint.Read(bytes.AsSpan(at), out ulong code);
        if (used <= 0 || code > int.MaxValue || !MultiaddressProtocol.ByCode.TryGetValue((int)code, out MultiaddressProtocol? protocol))
        {
            return false;
        }

        at += used;
        ulong length = (ulong)Math.Max(protocol.FixedLength, 0);
        if (protocol.FixedLength < 0)
        {
            used = Varint.Read(bytes.AsSpan(at), out length);
            if (used <= 0)
            {
                return false;
            }

            at += used;
        }

        if (length > (ulong)(bytes.Length - at))
        {
            return false;
        }

        part = new MultiaddressPart(protocol, bytes.AsMemory(at, (int)length));
        at += (int)length;
        return MultiaddressPart.IsValid(protocol, part.Value);
    }
}
