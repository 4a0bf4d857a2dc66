using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Libp2p;

/// <summary>A published message in the bytes it came in, which are the bytes that are passed on.</summary>
/// <remarks>
/// Specification pubsub/README.md, "The Message". It is never encoded again: known fields appear at most once and in order,
/// and the signature covers the received bytes without <c>signature</c> and <c>key</c>.
/// </remarks>
internal sealed class GossipMessage
{
    public const int MaxTopicBytes = 256;

    private const int SequenceBytes = 8;

    private readonly byte[] _signature;
    private readonly byte[]? _key;

    private GossipMessage(byte[] raw, PeerId author, ReadOnlyMemory<byte> data, byte[] sequence, string topic, byte[] signature, byte[]? key)
    {
        (Raw, Author, Data, Topic, _signature, _key) = (raw, author, data, topic, signature, key);
        Sequence = BinaryPrimitives.ReadUInt64BigEndian(sequence);
        Id = [.. author.Bytes, .. sequence];
    }

    public byte[] Raw { get; }

    public PeerId Author { get; }

    public ReadOnlyMemory<byte> Data { get; }

    public ulong Sequence { get; }

    public string Topic { get; }

    /// <summary>Author and sequence: what makes a message this one.</summary>
    public byte[] Id { get; }

    private static ReadOnlySpan<byte> SignaturePrefix => "libp2p-pubsub:"u8;

    /// <summary>Signs a new message. The key is left out: it is in the author's id.</summary>
    public static GossipMessage Create(Identity identity, string topic, ReadOnlyMemory<byte> data, ulong sequence)
    {
        byte[] number = new byte[SequenceBytes];
        BinaryPrimitives.WriteUInt64BigEndian(number, sequence);
        ProtoWriter writer = new ProtoWriter().Bytes(1, identity.PeerId.Bytes).Bytes(2, data.Span).Bytes(3, number).Text(4, topic);
        byte[] signature = identity.Sign([.. SignaturePrefix, .. writer.Written]);
        return new GossipMessage(writer.Bytes(5, signature).ToArray(), identity.PeerId, data.ToArray(), number, topic, signature, null);
    }

    /// <summary>Null unless it has every field that a signed message needs, each within its bounds. The signature is not checked here.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int maxData, [NotNullWhen(true)] out GossipMessage? message)
    {
        message = null;
        byte[] raw = bytes.ToArray();
        PeerId author = default;
        int dataStart = 0, dataLength = 0;
        byte[]? sequence = null, signature = null, key = null;
        string? topic = null;
        int last = 0;
        int at = 0;
        var reader = new ProtoReader(raw);
        while (reader.Next())
        {
            at += reader.Raw.Length;
            if (reader.Field > 6)
            {
                continue;
            }

            if (!reader.IsBytes || reader.Field <= last)
            {
                return false;
            }

            last = reader.Field;
            switch (reader.Field)
            {
                case 1 when !PeerId.TryFromBytes(reader.Bytes, out author): return false;
                case 2 when reader.Bytes.Length > maxData: return false;
                case 2: (dataStart, dataLength) = (at - reader.Bytes.Length, reader.Bytes.Length); break;
                case 3: sequence = reader.Bytes.ToArray(); break;
                case 4 when !StrictText.TryRead(reader.Bytes, MaxTopicBytes, out topic): return false;
                case 5: signature = reader.Bytes.ToArray(); break;
                case 6: key = reader.Bytes.ToArray(); break;
            }
        }

        if (reader.Failed || author.IsEmpty || sequence?.Length != SequenceBytes || topic is null || signature is null)
        {
            return false;
        }

        message = new GossipMessage(raw, author, raw.AsMemory(dataStart, dataLength), sequence, topic, signature, key);
        return true;
    }

    /// <summary>Whether the author signed these bytes.</summary>
    public bool Verify()
    {
        if (Author.InlineKey is not { } key || (_key is not null && !_key.AsSpan().SequenceEqual(key.Proto)))
        {
            return false;
        }

        var signed = new ProtoWriter();
        signed.Raw(SignaturePrefix);
        var reader = new ProtoReader(Raw);
        while (reader.Next())
        {
            if (reader.Field is not (5 or 6))
            {
                signed.Raw(reader.Raw);
            }
        }

        return key.Verify(signed.Written, _signature);
    }
}
