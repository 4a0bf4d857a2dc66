using System.Buffers;
using System.Buffers.Binary;
using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Jobs;

/// <summary>Token ids and lengths on the wire: 32-bit little-endian, so a list costs what it holds.</summary>
internal static class TokenIdsFormat
{
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<int> ids) => writer.Write(Bytes(ids));

    /// <summary>The same bytes, for what is hashed.</summary>
    public static byte[] Bytes(ReadOnlySpan<int> ids)
    {
        byte[] bytes = new byte[4 * ids.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), ids[i]);
        }

        return bytes;
    }

    public static int[] Read(ref MessagePackReader reader, int limit)
    {
        ReadOnlySequence<byte>? bytes = reader.ReadBytes();
        Wire.Require(bytes is not null && bytes.Value.Length <= 4L * limit && bytes.Value.Length % 4 == 0, "token ids: length");
        byte[] raw = bytes.Value.ToArray();
        int[] ids = new int[raw.Length / 4];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = BinaryPrimitives.ReadInt32LittleEndian(raw.AsSpan(4 * i));
            Wire.Require(ids[i] >= 0, "token ids: negative");
        }

        return ids;
    }
}
