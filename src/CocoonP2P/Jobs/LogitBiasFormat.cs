using System.Buffers.Binary;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Jobs;

/// <summary>Changes of logits on the wire: an id and a float each, 32 bits little-endian.</summary>
internal static class LogitBiasFormat
{
    private const int Size = 8;

    public static void Write(ref MessagePackWriter writer, IReadOnlyList<LogitBias> bias) => writer.Write(Bytes(bias));

    /// <summary>The same bytes, for what is hashed.</summary>
    public static byte[] Bytes(IReadOnlyList<LogitBias> bias)
    {
        byte[] bytes = new byte[Size * bias.Count];
        for (int i = 0; i < bias.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Size * i), bias[i].TokenId);
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan((Size * i) + 4), bias[i].Bias);
        }

        return bytes;
    }

    public static LogitBias[] Read(ref MessagePackReader reader)
    {
        byte[] raw = WireReading.Bytes(ref reader, Size * Limits.LogitBiases, "logit bias");
        Wire.Require(raw.Length % Size == 0, "logit bias: length");
        LogitBias[] bias = new LogitBias[raw.Length / Size];
        for (int i = 0; i < bias.Length; i++)
        {
            bias[i] = new LogitBias(
                BinaryPrimitives.ReadInt32LittleEndian(raw.AsSpan(Size * i)), BinaryPrimitives.ReadSingleLittleEndian(raw.AsSpan((Size * i) + 4)));
            Wire.Require(bias[i].TokenId >= 0 && Math.Abs(bias[i].Bias) <= 100, "logit bias: range");
        }

        return bias;
    }
}
