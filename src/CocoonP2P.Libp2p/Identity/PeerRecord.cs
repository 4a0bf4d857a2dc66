using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Libp2p;

/// <summary>A peer's own word on where it listens. A greater sequence replaces a smaller one.</summary>
/// <remarks>
/// Specification RFC/0003-routing-records.md, but with the domain and type that peers really use; identify carries it in
/// field 8.
/// </remarks>
internal sealed record PeerRecord(PeerId Peer, ulong Sequence, IReadOnlyList<Multiaddress> Addresses)
{
    private const int MaxAddresses = 64;

    private static ReadOnlySpan<byte> Domain => "libp2p-peer-record"u8;

    private static ReadOnlySpan<byte> PayloadType => [3, 1];

    public byte[] Seal(Identity identity)
    {
        ProtoWriter payload = new ProtoWriter().Bytes(1, Peer.Bytes).Number(2, Sequence);
        foreach (Multiaddress address in Addresses)
        {
            payload.Bytes(3, new ProtoWriter().Bytes(1, address.ToBytes()).Written);
        }

        return SignedEnvelope.Seal(identity, Domain, PayloadType, payload.Written);
    }

    /// <summary>False unless it verifies and speaks of its signer. Addresses with unknown words are left out.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> envelope, [NotNullWhen(true)] out PeerRecord? record)
    {
        record = null;
        if (!SignedEnvelope.TryOpen(envelope, Domain, PayloadType, out SignedEnvelope? opened))
        {
            return false;
        }

        PeerId peer = default;
        ulong sequence = 0;
        var addresses = new List<Multiaddress>();
        var reader = new ProtoReader(opened.Payload);
        while (reader.Next())
        {
            if (reader is { Field: 1, IsBytes: true } && !PeerId.TryFromBytes(reader.Bytes, out peer))
            {
                return false;
            }

            if (reader is { Field: 2, IsNumber: true })
            {
                sequence = reader.Number;
            }

            if (reader is { Field: 3, IsBytes: true } && addresses.Count < MaxAddresses && TryReadAddress(reader.Bytes, out Multiaddress? address))
            {
                addresses.Add(address);
            }
        }

        if (reader.Failed || peer != opened.Signer.PeerId)
        {
            return false;
        }

        record = new PeerRecord(peer, sequence, addresses);
        return true;
    }

    private static bool TryReadAddress(ReadOnlySpan<byte> info, [NotNullWhen(true)] out Multiaddress? address)
    {
        address = null;
        var reader = new ProtoReader(info);
        while (reader.Next())
        {
            if (reader is { Field: 1, IsBytes: true })
            {
                return Multiaddress.TryFromBytes(reader.Bytes, out address);
            }
        }

        return false;
    }
}
