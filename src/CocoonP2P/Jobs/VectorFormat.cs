using System.Buffers.Binary;
using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Jobs;

/// <summary>Numbers of embeddings on the wire: 32-bit floats, little-endian.</summary>
internal static class VectorFormat
{
    public static void Write(ref MessagePackWriter writer, ReadOnlySpan<float> values) => writer.Write(Bytes(values));

    /// <summary>The same bytes, for what is hashed.</summary>
    public static byte[] Bytes(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return bytes;
    }

    public static float[] Read(ref MessagePackReader reader)
    {
        byte[] raw = WireReading.Bytes(ref reader, 4 * Limits.VectorPartValues, "vectors");
        Wire.Require(raw.Length > 0 && raw.Length % 4 == 0, "vectors: length");
        float[] values = new float[raw.Length / 4];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(raw.AsSpan(4 * i));
            Wire.Require(float.IsFinite(values[i]), "vectors: not a number");
        }

        return values;
    }
}
