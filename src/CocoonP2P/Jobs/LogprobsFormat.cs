using System.Buffers;
using System.Buffers.Binary;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Jobs;

/// <summary>
/// Log probabilities of a chunk on the wire: for each token its own, a byte that counts the alternatives, and for each of
/// those an id and its own; all 32 bits little-endian. No bytes: none were asked for.
/// </summary>
internal static class LogprobsFormat
{
    /// <summary>What stands for a probability of nothing: a float, but no infinity, which JSON cannot say.</summary>
    private const float Least = -9999;

    private const int MostBytes = Limits.ChunkTokens * (5 + (8 * Limits.TopLogprobs));

    public static void Write(ref MessagePackWriter writer, IReadOnlyList<TokenLogprobs> tokens)
    {
        ArrayBufferWriter<byte> bytes = new();
        foreach (TokenLogprobs token in tokens)
        {
            Single(bytes, token.Logprob);
            bytes.Write([(byte)token.Top.Count]);
            foreach (TokenAlternative other in token.Top)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(4), other.TokenId);
                bytes.Advance(4);
                Single(bytes, other.Logprob);
            }
        }

        writer.Write(bytes.WrittenSpan);
    }

    /// <param name="reader">At the field.</param>
    /// <param name="tokens">How many tokens the chunk has.</param>
    public static IReadOnlyList<TokenLogprobs> Read(ref MessagePackReader reader, int tokens)
    {
        ReadOnlySpan<byte> raw = WireReading.Bytes(ref reader, MostBytes, "log probabilities");
        if (raw.IsEmpty)
        {
            return [];
        }

        TokenLogprobs[] read = new TokenLogprobs[tokens];
        for (int i = 0; i < tokens; i++)
        {
            float logprob = Single(ref raw);
            Wire.Require(raw.Length > 0 && raw[0] <= Limits.TopLogprobs, "log probabilities: alternatives");
            TokenAlternative[] top = new TokenAlternative[raw[0]];
            raw = raw[1..];
            for (int j = 0; j < top.Length; j++)
            {
                Wire.Require(raw.Length >= 4, "log probabilities: cut");
                int id = BinaryPrimitives.ReadInt32LittleEndian(raw);
                Wire.Require(id >= 0, "log probabilities: token");
                raw = raw[4..];
                top[j] = new TokenAlternative(id, Single(ref raw));
            }

            read[i] = new TokenLogprobs(logprob, top);
        }

        Wire.Require(raw.IsEmpty, "log probabilities: more than the tokens");
        return read;
    }

    private static void Single(ArrayBufferWriter<byte> bytes, float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(bytes.GetSpan(4), float.IsNaN(value) ? Least : Math.Clamp(value, Least, 0));
        bytes.Advance(4);
    }

    private static float Single(ref ReadOnlySpan<byte> raw)
    {
        Wire.Require(raw.Length >= 4, "log probabilities: cut");
        float value = BinaryPrimitives.ReadSingleLittleEndian(raw);
        Wire.Require(value is >= Least and <= 0, "log probabilities: range");
        raw = raw[4..];
        return value;
    }
}
