using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CocoonP2P.Libp2p;

/// <summary>Makes ids under a key of this router alone.</summary>
internal sealed class MessageIdHasher(byte[] key)
{
    /// <summary>A longer id is not from an honest peer: author and sequence have 46 to 52 bytes.</summary>
    public const int MaxIdBytes = 128;

    public MessageId Hash(ReadOnlySpan<byte> id)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(key, id, hash);
        return new MessageId(BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }
}
