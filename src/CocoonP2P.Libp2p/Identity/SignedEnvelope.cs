using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Libp2p;

/// <summary>A payload with its type and a signature over both and a domain, so that it means one thing only.</summary>
/// <remarks>Specification RFC/0002-signed-envelopes.md.</remarks>
internal sealed record SignedEnvelope(PublicKey Signer, byte[] Payload)
{
    /// <summary>An honest peer record is under 2 kB.</summary>
    public const int MaxBytes = 8 * 1024;

    public static byte[] Seal(Identity identity, ReadOnlySpan<byte> domain, ReadOnlySpan<byte> type, ReadOnlySpan<byte> payload) =>
        new ProtoWriter()
            .Bytes(1, identity.PublicKey.Proto)
            .Bytes(2, type)
            .Bytes(3, payload)
            .Bytes(5, identity.Sign(Signed(domain, type, payload)))
            .ToArray();

    /// <summary>False unless it is well formed, of this type, and signed for this domain.</summary>
    public static bool TryOpen(
        ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> domain, ReadOnlySpan<byte> type, [NotNullWhen(true)] out SignedEnvelope? envelope)
    {
        envelope = null;
        ReadOnlySpan<byte> key = default, actualType = default, payload = default, signature = default;
        var reader = new ProtoReader(bytes.Length <= MaxBytes ? bytes : default);
        while (reader.Next())
        {
            if (!reader.IsBytes)
            {
                continue;
            }

            switch (reader.Field)
            {
                case 1: key = reader.Bytes; break;
                case 2: actualType = reader.Bytes; break;
                case 3: payload = reader.Bytes; break;
                case 5: signature = reader.Bytes; break;
            }
        }

        if (reader.Failed || !actualType.SequenceEqual(type) || !PublicKey.TryParse(key, out PublicKey? signer)
            || !signer.Verify(Signed(domain, type, payload), signature))
        {
            return false;
        }

        envelope = new SignedEnvelope(signer, payload.ToArray());
        return true;
    }

    private static byte[] Signed(ReadOnlySpan<byte> domain, ReadOnlySpan<byte> type, ReadOnlySpan<byte> payload)
    {
        var bytes = new ArrayBufferWriter<byte>(domain.Length + type.Length + payload.Length + 16);
        Append(bytes, domain);
        Append(bytes, type);
        Append(bytes, payload);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Append(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> part)
    {
        to.Advance(Varint.Write(to.GetSpan(Varint.MaxBytes), (ulong)part.Length));
        to.Write(part);
    }
}
