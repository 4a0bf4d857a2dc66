using System.Buffers.Binary;
using System.Security.Cryptography;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Jobs;

/// <summary>
/// What both sides hash of a job, docs/protocol/job.md §1. Hashes that reach the chain are keyed by the session, so that a
/// short prompt or answer cannot be guessed from them.
/// </summary>
internal static class JobCommitments
{
    /// <summary>HMAC-SHA256 over the specification, 32 bytes.</summary>
    public static byte[] Request(byte[] exporter, JobSpec spec)
    {
        SigningBytes bytes = new SigningBytes("CocoonP2P/request/v1")
            .Raw(spec.ModelId.Span).Bytes(TokenIdsFormat.Bytes(spec.PromptIds.Span)).U32((uint)spec.MaxTokens)
            .U64(spec.Sampling.Seed).U32(Bits(spec.Sampling.Temperature)).U32(Bits(spec.Sampling.TopP)).U32((uint)spec.Sampling.TopK)
            .U32(Bits(spec.Sampling.MinP)).U32(Bits(spec.Sampling.PresencePenalty)).U32(Bits(spec.Sampling.FrequencyPenalty))
            .U32(Bits(spec.Sampling.RepetitionPenalty)).U32((uint)spec.Stop.Count);
        foreach (string stop in spec.Stop)
        {
            bytes.Text(stop);
        }

        bytes.U32((uint)spec.Sampling.Choice).Bytes(LogitBiasFormat.Bytes(spec.Sampling.Bias)).Bytes(TokenIdsFormat.Bytes(spec.Resume.Span))
            .U32((uint)(spec.TopLogprobs + 1)).U8(GrammarFormat.Number(spec.Grammar)).Text(spec.Grammar?.Schema ?? "")
            .Bytes(TokenIdsFormat.Bytes([.. spec.Inputs]));

        return HMACSHA256.HashData(Key(exporter, "CocoonP2P/job/v1/request"u8), bytes.ToArray());
    }

    /// <summary>HMAC-SHA256 over the generated token ids, 32 bytes.</summary>
    public static byte[] Output(byte[] exporter, ReadOnlySpan<int> tokenIds) =>
        HMACSHA256.HashData(Key(exporter, "CocoonP2P/job/v1/output"u8), TokenIdsFormat.Bytes(tokenIds));

    /// <summary>The same over vectors, 4 bytes each number, little-endian.</summary>
    public static byte[] Output(byte[] exporter, ReadOnlySpan<float> values) =>
        HMACSHA256.HashData(Key(exporter, "CocoonP2P/job/v1/output"u8), VectorFormat.Bytes(values));

    /// <summary>The cell hash that lock, chunks and receipt name.</summary>
    public static Bits256 JobHash(JobTermsFields terms) => new JobTerms(
        BinaryPrimitives.ReadUInt128BigEndian(terms.Nonce), new Bits256(terms.Request), new Bits256(terms.Model), terms.Deadline,
        new Bits256(terms.Measurement), new Bits256(terms.Evidence), new Bits256(terms.Quote)).ToCell().Hash;

    private static byte[] Key(byte[] exporter, ReadOnlySpan<byte> label)
    {
        byte[] key = new byte[32];
        HKDF.Expand(HashAlgorithmName.SHA384, exporter, key, label);
        return key;
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
