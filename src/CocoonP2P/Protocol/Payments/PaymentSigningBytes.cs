using System.Buffers.Binary;
using CocoonP2P.Payments;

namespace CocoonP2P.Protocol;

/// <summary>The fixed layouts that are signed outside cells. Each is longer than the 32 bytes of a cell's hash, so no
/// such signature can stand under a state, a receipt or an end.</summary>
internal static class PaymentSigningBytes
{
    /// <summary>"cocoon-channel-terms/1", network id (4), channel (32), all big-endian.</summary>
    public static byte[] Terms(ChannelSettings channel)
    {
        ReadOnlySpan<byte> label = "cocoon-channel-terms/1"u8;
        byte[] bytes = new byte[label.Length + sizeof(int) + Ton.Bits256.Size];
        label.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(label.Length), channel.Terms.NetworkId);
        channel.Address.Hash.CopyTo(bytes.AsSpan(label.Length + sizeof(int)));
        return bytes;
    }
}
