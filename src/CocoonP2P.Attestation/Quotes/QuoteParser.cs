using System.Buffers.Binary;

namespace CocoonP2P.Attestation;

/// <summary>Step S0: finds the parts of a quote, and refuses one whose lengths disagree.</summary>
internal static class QuoteParser
{
    public static bool TryLocate(ReadOnlySpan<byte> bytes, out QuoteParts parts, out Reason reason)
    {
        parts = default;
        if (bytes.Length > QuoteLimits.TotalBytes)
        {
            return Refuse(ReasonCode.QuoteTooLarge, $"{bytes.Length} bytes, limit {QuoteLimits.TotalBytes}", out reason);
        }

        if (bytes.Length < QuoteLimits.MinimumBytes)
        {
            return Refuse(ReasonCode.QuoteTooShort, $"{bytes.Length} bytes", out reason);
        }

        return CheckHeader(bytes, out reason)
            && TryLocateBody(bytes, out int bodyOffset, out int bodyEnd, out reason)
            && TryLocateAuth(bytes, bodyEnd, out int certification, out int authEnd, out reason)
            && TryLocateCertification(
                bytes, certification, authEnd, new QuoteParts { BodyOffset = bodyOffset, BodyEnd = bodyEnd }, out parts, out reason)
            && CheckPadding(bytes[parts.End..], out reason);
    }

    private static bool CheckHeader(ReadOnlySpan<byte> bytes, out Reason reason)
    {
        ushort version = U16(bytes);
        if (version is not (4 or 5))
        {
            return Refuse(ReasonCode.UnsupportedVersion, $"version {version}", out reason);
        }

        uint tee = U32(bytes[4..]);
        if (tee != QuoteLayout.TeeTdx)
        {
            return Refuse(ReasonCode.WrongTeeType, $"TEE type 0x{tee:x}", out reason);
        }

        ushort key = U16(bytes[2..]);
        if (key != QuoteLayout.EcdsaP256)
        {
            return Refuse(ReasonCode.UnsupportedAttestationKeyType, $"key type {key}", out reason);
        }

        if (U32(bytes[8..]) != 0)
        {
            return Refuse(ReasonCode.HeaderReservedNonZero, "header bytes 8 to 11", out reason);
        }

        ReadOnlySpan<byte> vendor = bytes.Slice(12, 16);
        if (!vendor.SequenceEqual(QuoteLayout.IntelVendor) && !vendor.SequenceEqual(QuoteLayout.SimulatedVendor))
        {
            return Refuse(ReasonCode.UnknownQeVendor, Convert.ToHexStringLower(vendor), out reason);
        }

        reason = default;
        return true;
    }

    private static bool TryLocateBody(ReadOnlySpan<byte> bytes, out int offset, out int end, out Reason reason)
    {
        offset = QuoteLayout.HeaderSize;
        end = offset + TdReportBody.Size10;
        reason = default;
        if (U16(bytes) == 4)
        {
            return true;
        }

        offset = QuoteLayout.BodyOffsetV5;
        ushort type = U16(bytes[QuoteLayout.HeaderSize..]);
        if (type == QuoteLayout.BodySgx)
        {
            return Refuse(ReasonCode.BodyTypeMismatch, "an SGX body in a TDX quote", out reason);
        }

        int size = type switch
        {
            QuoteLayout.BodyTd10 => TdReportBody.Size10,
            QuoteLayout.BodyTd15 => TdReportBody.Size15,
            QuoteLayout.BodyTd15Ex => TdReportBody.Size15Ex,
            _ => 0,
        };
        if (size == 0)
        {
            return Refuse(ReasonCode.UnsupportedBodyType, $"body type {type}", out reason);
        }

        uint stated = U32(bytes[(QuoteLayout.HeaderSize + 2)..]);
        if (stated != size)
        {
            return Refuse(ReasonCode.BodySizeMismatch, $"body type {type} is {size} bytes, not {stated}", out reason);
        }

        end = offset + size;
        return true;
    }

    private static bool TryLocateAuth(ReadOnlySpan<byte> bytes, int bodyEnd, out int certification, out int end, out Reason reason)
    {
        certification = end = 0;
        int start = bodyEnd + sizeof(uint);
        if (start > bytes.Length)
        {
            return Refuse(ReasonCode.QuoteTooShort, $"{bytes.Length} bytes", out reason);
        }

        uint size = U32(bytes[bodyEnd..]);
        if (size > bytes.Length - start || size < QuoteLimits.MinimumAuthBytes)
        {
            return Refuse(ReasonCode.AuthDataTruncated, $"{size} bytes of signature data", out reason);
        }

        end = start + (int)size;
        if (end > QuoteLimits.CanonicalBytes)
        {
            return Refuse(ReasonCode.QuoteTooLarge, $"{end} bytes, limit {QuoteLimits.CanonicalBytes}", out reason);
        }

        certification = start + QuoteLayout.SignatureSize + QuoteLayout.KeySize;
        reason = default;
        return true;
    }

    private static bool TryLocateCertification(
        ReadOnlySpan<byte> bytes, int offset, int authEnd, QuoteParts located, out QuoteParts parts, out Reason reason)
    {
        parts = default;
        ushort type = U16(bytes[offset..]);
        if (type != QuoteLayout.CertificationQeReport)
        {
            return Refuse(ReasonCode.UnsupportedCertificationData, $"type {type}", out reason);
        }

        uint size = U32(bytes[(offset + 2)..]);
        int qeReport = offset + QuoteLayout.CertificationHeaderSize;
        if (size > authEnd - qeReport)
        {
            return Refuse(ReasonCode.CertificationDataSize, $"{size} bytes in {authEnd - qeReport}", out reason);
        }

        if (size < QuoteLimits.MinimumCertificationBytes)
        {
            return Refuse(ReasonCode.AuthDataTruncated, $"{size} bytes of certification data", out reason);
        }

        int end = qeReport + (int)size;
        int qeAuth = qeReport + QuoteLimits.MinimumCertificationBytes;
        int qeAuthSize = U16(bytes[(qeAuth - 2)..]);
        int inner = qeAuth + qeAuthSize;
        if (inner + QuoteLayout.CertificationHeaderSize > end)
        {
            return Refuse(ReasonCode.QeAuthDataTruncated, $"{qeAuthSize} bytes in {end - qeAuth}", out reason);
        }

        ushort innerType = U16(bytes[inner..]);
        if (innerType != QuoteLayout.CertificationPckChain)
        {
            return Refuse(ReasonCode.UnsupportedPckCertData, $"type {innerType}", out reason);
        }

        uint innerSize = U32(bytes[(inner + 2)..]);
        int chain = inner + QuoteLayout.CertificationHeaderSize;
        if (innerSize > end - chain)
        {
            return Refuse(ReasonCode.CertificationDataSize, $"a chain of {innerSize} bytes in {end - chain}", out reason);
        }

        parts = located with
        {
            QeReportOffset = qeReport,
            QeAuthOffset = qeAuth,
            QeAuthSize = qeAuthSize,
            PckChainOffset = chain,
            PckChainSize = (int)innerSize,
        };
        return CheckEnds(parts.End, end, authEnd, out reason);
    }

    private static bool CheckEnds(int chainEnd, int certificationEnd, int authEnd, out Reason reason)
    {
        reason = default;
        return chainEnd == certificationEnd
            ? certificationEnd == authEnd
                || Refuse(ReasonCode.AuthDataTrailing, $"{authEnd - certificationEnd} bytes", out reason)
            : Refuse(ReasonCode.CertificationDataTrailing, $"{certificationEnd - chainEnd} bytes", out reason);
    }

    private static bool CheckPadding(ReadOnlySpan<byte> padding, out Reason reason)
    {
        reason = default;
        int last = padding.LastIndexOfAnyExcept((byte)0);
        return last < QuoteLimits.NonZeroPaddingBytes
            || Refuse(ReasonCode.QuoteTooLarge, $"{last + 1} bytes after the quote", out reason);
    }

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static bool Refuse(ReasonCode code, string detail, out Reason reason)
    {
        reason = new Reason(code, detail);
        return false;
    }
}
