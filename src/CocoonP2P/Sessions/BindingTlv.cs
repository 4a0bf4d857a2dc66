using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CocoonP2P.Sessions;

/// <summary>
/// Everything that one quote vouches for, docs/protocol/session.md §5. The verifier encodes what it expects and compares
/// bytes, so a field that it does not check cannot exist.
/// </summary>
internal sealed record BindingTlv
{
    public required ushort Suite { get; init; }

    /// <summary>'I' or 'R'.</summary>
    public required byte AttesterRole { get; init; }

    public required SessionMode Mode { get; init; }

    public required byte[] NetworkId { get; init; }

    public required byte[] AttesterPeer { get; init; }

    public required byte[] VerifierPeer { get; init; }

    public required byte[] AttesterEphemeral { get; init; }

    public required byte[] VerifierEphemeral { get; init; }

    public required byte[] VerifierNonce { get; init; }

    public required byte[] AttesterNonce { get; init; }

    /// <summary>The Noise handshake hash, or zeros where the mode has no channel binding.</summary>
    public required byte[] ChannelBinding { get; init; }

    public required byte[] TranscriptHash { get; init; }

    public required ushort TeeKind { get; init; }

    public required byte[] ClaimsHash { get; init; }

    /// <summary>Zeros where there is no GPU evidence.</summary>
    public required byte[] GpuHash { get; init; }

    public required byte[] PolicyHash { get; init; }

    /// <summary>Unix seconds, informative; from the attester.</summary>
    public required ulong IssuedAt { get; init; }

    /// <summary>Seconds that the attester wants it to count; from the attester.</summary>
    public required uint TimeToLive { get; init; }

    public const byte NonceTag = 0x0A;

    public const byte IssuedAtTag = 0x12;

    public byte[] Encode()
    {
        HandshakeWriter w = new();
        w.U16(0x01).U32(2).U16(Hello.Version);
        w.U16(0x02).U32(2).U16(Suite);
        w.U16(0x03).U32(1).U8(AttesterRole);
        w.U16(0x04).U32(1).U8((byte)Mode);
        w.U16(0x05).Blob(NetworkId);
        w.U16(0x06).Blob(AttesterPeer);
        w.U16(0x07).Blob(VerifierPeer);
        w.U16(0x08).Blob(AttesterEphemeral);
        w.U16(0x09).Blob(VerifierEphemeral);
        w.U16(NonceTag).Blob(VerifierNonce);
        w.U16(0x0B).Blob(AttesterNonce);
        w.U16(0x0C).Blob(ChannelBinding);
        w.U16(0x0D).Blob(TranscriptHash);
        w.U16(0x0E).U32(2).U16(TeeKind);
        w.U16(0x0F).Blob(ClaimsHash);
        w.U16(0x10).Blob(GpuHash);
        w.U16(0x11).Blob(PolicyHash);
        w.U16(IssuedAtTag).U32(8).U64(IssuedAt);
        w.U16(0x13).U32(4).U32(TimeToLive);
        return w.ToArray();
    }

    /// <summary>The two fields that come from the attester alone: they stand at the end, so at fixed offsets from it.</summary>
    public static bool TryReadTimes(ReadOnlySpan<byte> encoded, out ulong issuedAt, out uint timeToLive)
    {
        (issuedAt, timeToLive) = (0, 0);
        const int tail = 2 + 4 + 8 + 2 + 4 + 4;
        if (encoded.Length < tail)
        {
            return false;
        }

        HandshakeReader reader = new(encoded[^tail..]);
        bool issued = reader.U16() == IssuedAtTag && reader.U32() == 8;
        issuedAt = reader.U64();
        bool lives = reader.U16() == 0x13 && reader.U32() == 4;
        timeToLive = reader.U32();
        return issued && lives;
    }

    /// <summary>The hash of the claims inside an encoding; empty where there is none.</summary>
    public static ReadOnlySpan<byte> ClaimsHashOf(ReadOnlySpan<byte> encoded)
    {
        HandshakeReader reader = new(encoded);
        while (reader.Ok && reader.Remaining > 0)
        {
            ushort tag = reader.U16();
            ReadOnlySpan<byte> value = reader.Blob(SessionLimits.BindingBytes);
            if (tag == 0x0F)
            {
                return value;
            }
        }

        return default;
    }

    /// <summary>The tag of the first field in which two encodings differ; 0 where they are equal.</summary>
    public static int FirstDifference(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> received)
    {
        if (expected.SequenceEqual(received))
        {
            return 0;
        }

        int common = expected.CommonPrefixLength(received);
        int at = 0, tag = 0;
        while (at <= common && at + 6 <= expected.Length)
        {
            tag = BinaryPrimitives.ReadUInt16BigEndian(expected[at..]);
            at += 6 + (int)BinaryPrimitives.ReadUInt32BigEndian(expected[(at + 2)..]);
        }

        return tag;
    }

    /// <summary>The 64 bytes that a quote for this handshake alone carries.</summary>
    public static byte[] ReportData(ReadOnlySpan<byte> encoded)
    {
        Span<byte> binding = stackalloc byte[SHA512.HashSizeInBytes];
        Hash(Labels.Binding, encoded, binding);
        byte[] reportData = new byte[SHA512.HashSizeInBytes];
        Hash(Labels.ReportDataSingle, binding, reportData);
        return reportData;
    }

    private static void Hash(ReadOnlySpan<byte> label, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(label);
        hash.AppendData(data);
        hash.GetHashAndReset(destination);
    }
}
