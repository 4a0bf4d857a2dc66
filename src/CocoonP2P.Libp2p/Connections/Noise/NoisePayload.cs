using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Libp2p;

/// <summary>What the handshake says about its sender: the identity key, its signature over the Noise key, and its muxers.</summary>
/// <param name="Key">Has signed the static key of this handshake.</param>
/// <param name="Muxers">In order of preference, or null where the sender sent no list.</param>
/// <remarks>Specification noise/README.md, "The libp2p Handshake Payload"; connections/inlined-muxer-negotiation.md.</remarks>
internal sealed record NoisePayload(PublicKey Key, IReadOnlyList<string>? Muxers)
{
    private const int MaxMuxers = 16;
    private const int MaxMuxerName = 128;

    private static ReadOnlySpan<byte> SignaturePrefix => "noise-libp2p-static-key:"u8;

    public static byte[] Write(Identity identity, ReadOnlySpan<byte> staticKey, IReadOnlyList<string>? muxers)
    {
        ProtoWriter payload = new ProtoWriter()
            .Bytes(1, identity.PublicKey.Proto)
            .Bytes(2, identity.Sign([.. SignaturePrefix, .. staticKey]));
        if (muxers is not null)
        {
            var extensions = new ProtoWriter();
            foreach (string muxer in muxers)
            {
                extensions.Text(2, muxer);
            }

            payload.Bytes(4, extensions.Written);
        }

        return payload.ToArray();
    }

    /// <summary>False unless it is well formed and the signature covers <paramref name="staticKey"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> staticKey, [NotNullWhen(true)] out NoisePayload? payload)
    {
        payload = null;
        ReadOnlySpan<byte> keyProto = default, signature = default;
        List<string>? muxers = null;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (!reader.IsBytes)
            {
                continue;
            }

            switch (reader.Field)
            {
                case 1: keyProto = reader.Bytes; break;
                case 2: signature = reader.Bytes; break;
                case 4 when !TryReadMuxers(reader.Bytes, ref muxers): return false;
            }
        }

        if (reader.Failed || !PublicKey.TryParse(keyProto, out PublicKey? key) || !key.Verify([.. SignaturePrefix, .. staticKey], signature))
        {
            return false;
        }

        payload = new NoisePayload(key, muxers);
        return true;
    }

    private static bool TryReadMuxers(ReadOnlySpan<byte> extensions, ref List<string>? muxers)
    {
        var reader = new ProtoReader(extensions);
        while (reader.Next())
        {
            if (reader is { Field: 2, IsBytes: true })
            {
                muxers ??= [];
                if (muxers.Count == MaxMuxers || !StrictText.TryRead(reader.Bytes, MaxMuxerName, out string? muxer))
                {
                    return false;
                }

                muxers.Add(muxer);
            }
        }

        return !reader.Failed;
    }
}
