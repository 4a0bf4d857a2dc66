using System.Buffers.Binary;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>Group A: quotes whose bytes do not add up.</summary>
internal static class ByteFaults
{
    private const int TypeOffset = QuoteLayout.SignatureSize + QuoteLayout.KeySize;

    public static IEnumerable<SimulatedFault> All =>
    [
        Edit("empty", ReasonCode.QuoteTooShort, _ => []),
        Edit("shorter-than-a-header", ReasonCode.QuoteTooShort, quote => quote[..47]),
        Edit("shorter-than-any-quote", ReasonCode.QuoteTooShort, quote => quote[..1019]),
        .. new ushort[] { 0, 3, 6 }.Select(version => Header($"version-{version}", ReasonCode.UnsupportedVersion, 0, version)),
        Header("tee-type-sgx", ReasonCode.WrongTeeType, 4, 0),
        Header("attestation-key-p384", ReasonCode.UnsupportedAttestationKeyType, 2, 3),
        Header("header-reserved", ReasonCode.HeaderReservedNonZero, 8, 1),
        Header("other-qe-vendor", ReasonCode.UnknownQeVendor, 12, 0xFFFF),
        new("intel-qe-vendor", ReasonCode.UnknownQeVendor, evidence => QuoteLayout.IntelVendor.CopyTo(evidence.Quote.Header.AsSpan(12))),
        .. new ushort[] { 0, 5, 99 }.Select(type => Header($"body-type-{type}", ReasonCode.UnsupportedBodyType, 48, type)),
        Header("body-type-sgx", ReasonCode.BodyTypeMismatch, 48, QuoteLayout.BodySgx),
        Header("body-size", ReasonCode.BodySizeMismatch, 50, TdReportBody.Size10),
        Located("auth-size-past-the-end", ReasonCode.AuthDataTruncated, (bytes, parts) => U32(bytes, parts.BodyEnd, (uint)bytes.Length)),
        Located("auth-size-4-gib", ReasonCode.AuthDataTruncated, (bytes, parts) => U32(bytes, parts.BodyEnd, uint.MaxValue)),
        Located("auth-size-133", ReasonCode.AuthDataTruncated, (bytes, parts) => U32(bytes, parts.BodyEnd, 133)),
        Located("certification-size-449", ReasonCode.AuthDataTruncated, (bytes, parts) => U32(bytes, Outer(parts) + 2, 449)),
        new("auth-data-unread", ReasonCode.AuthDataTrailing, evidence => After(evidence, (bytes, parts) =>
        {
            U32(bytes, parts.BodyEnd, (uint)(parts.End - parts.BodyEnd - sizeof(uint) + 10));
            return [.. bytes, .. new byte[10]];
        })),
        .. new ushort[] { 1, 2, 3, 4, 5, 7 }.Select(type => Located(
            $"certification-type-{type}", ReasonCode.UnsupportedCertificationData, (bytes, parts) => U16(bytes, Outer(parts), type))),
        Located("certification-size-more", ReasonCode.CertificationDataSize, (bytes, parts) => Add(bytes, Outer(parts) + 2, 1)),
        Located("certification-size-less", ReasonCode.CertificationDataSize, (bytes, parts) => Add(bytes, Outer(parts) + 2, -1)),
        .. new ushort[] { 1, 2, 3, 4, 6, 7 }.Select(type => Located(
            $"pck-data-type-{type}", ReasonCode.UnsupportedPckCertData, (bytes, parts) => U16(bytes, parts.PckChainOffset - 6, type))),
        new("certification-trailing", ReasonCode.CertificationDataTrailing, evidence => After(evidence, (bytes, parts) =>
        {
            Add(bytes, parts.BodyEnd, 10);
            Add(bytes, Outer(parts) + 2, 10);
            return [.. bytes, .. new byte[10]];
        })),
        Located("qe-auth-past-the-end", ReasonCode.QeAuthDataTruncated, (bytes, parts) => U16(bytes, parts.QeAuthOffset - 2, ushort.MaxValue)),
        Edit("total-too-large", ReasonCode.QuoteTooLarge, quote => [.. quote, .. new byte[QuoteLimits.TotalBytes]]),
        Edit("padding-too-large", ReasonCode.QuoteTooLarge, quote => [.. quote, .. new byte[QuoteLimits.NonZeroPaddingBytes], 1]),
        new("canonical-too-large", ReasonCode.QuoteTooLarge, evidence => evidence.Quote.QeAuthData = new byte[QuoteLimits.CanonicalBytes]),
    ];

    private static int Outer(QuoteParts parts) => parts.BodyEnd + sizeof(uint) + TypeOffset;

    private static SimulatedFault Edit(string name, ReasonCode expected, Func<byte[], byte[]> edit) =>
        new(name, expected, evidence => evidence.Quote.AfterSigning = edit);

    private static SimulatedFault Header(string name, ReasonCode expected, int offset, ushort value) =>
        Located(name, expected, (bytes, _) => U16(bytes, offset, value));

    private static SimulatedFault Located(string name, ReasonCode expected, Action<byte[], QuoteParts> edit) =>
        new(name, expected, evidence => After(evidence, (bytes, parts) =>
        {
            edit(bytes, parts);
            return bytes;
        }));

    private static void After(SimulatedEvidence evidence, Func<byte[], QuoteParts, byte[]> edit) =>
        evidence.Quote.AfterSigning = bytes =>
            QuoteParser.TryLocate(bytes, out QuoteParts parts, out Reason reason)
                ? edit(bytes, parts)
                : throw new InvalidOperationException($"The quote was broken before: {reason}");

    private static void U16(byte[] bytes, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), value);

    private static void U32(byte[] bytes, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);

    private static void Add(byte[] bytes, int offset, int amount) =>
        U32(bytes, offset, (uint)(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset)) + amount));
}
