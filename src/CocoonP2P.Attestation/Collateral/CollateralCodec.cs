using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Attestation;

/// <summary>A bundle as bytes, for passing on and keeping: its six parts in order, each after its length, u32 big endian.</summary>
public static class CollateralCodec
{
    private const int PartCount = 6;

    /// <summary>The bytes of a bundle.</summary>
    public static byte[] Encode(CollateralBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        byte[] bytes = new byte[bundle.Parts.Sum(part => sizeof(uint) + part.Bytes.Length)];
        Span<byte> rest = bytes;
        foreach ((ReadOnlyMemory<byte> part, _) in bundle.Parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(rest, part.Length);
            part.Span.CopyTo(rest[sizeof(uint)..]);
            rest = rest[(sizeof(uint) + part.Length)..];
        }

        return bytes;
    }

    /// <summary>The bundle in these bytes, which it keeps; false if the lengths do not add up.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CollateralBundle? bundle)
    {
        bundle = null;
        var parts = new ReadOnlyMemory<byte>[PartCount];
        for (int i = 0; i < PartCount; i++)
        {
            if (bytes.Length < sizeof(uint))
            {
                return false;
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span);
            bytes = bytes[sizeof(uint)..];
            if (length > bytes.Length)
            {
                return false;
            }

            parts[i] = bytes[..(int)length];
            bytes = bytes[(int)length..];
        }

        if (!bytes.IsEmpty)
        {
            return false;
        }

        bundle = new CollateralBundle
        {
            TcbInfo = parts[0],
            QeIdentity = parts[1],
            TcbSigningChain = parts[2],
            PckCrl = parts[3],
            PckCrlIssuerChain = parts[4],
            RootCaCrl = parts[5],
        };
        return true;
    }
}
