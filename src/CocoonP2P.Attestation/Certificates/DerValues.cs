using System.Globalization;
using System.Text;

namespace CocoonP2P.Attestation;

/// <summary>The few DER values that certificates are made of, each in its one legal form.</summary>
internal static class DerValues
{
    /// <summary>Reads an INTEGER that is not negative and not above <paramref name="max"/>.</summary>
    public static bool TryReadSmall(ref DerReader reader, int max, out int value)
    {
        value = 0;
        if (!reader.TryRead(DerReader.Integer, out ReadOnlySpan<byte> content) || !IsUnsigned(content) || content.Length > 4)
        {
            return false;
        }

        long sum = 0;
        foreach (byte digit in content)
        {
            sum = (sum << 8) | digit;
        }

        value = (int)Math.Min(sum, int.MaxValue);
        return sum <= max;
    }

    /// <summary>Reads an INTEGER that is not negative into a big-endian field of fixed size.</summary>
    public static bool TryReadUnsigned(ref DerReader reader, Span<byte> field)
    {
        if (!reader.TryRead(DerReader.Integer, out ReadOnlySpan<byte> content) || !IsUnsigned(content))
        {
            return false;
        }

        content = content.TrimStart((byte)0);
        if (content.Length > field.Length)
        {
            return false;
        }

        field.Clear();
        content.CopyTo(field[^content.Length..]);
        return true;
    }

    /// <summary>Reads a UTCTime or GeneralizedTime in seconds, of the time zone Z.</summary>
    public static bool TryReadTime(ref DerReader reader, out DateTimeOffset time)
    {
        time = default;
        bool isUtc = reader.Next(DerReader.UtcTime);
        if (!reader.TryRead(isUtc ? DerReader.UtcTime : DerReader.GeneralizedTime, out ReadOnlySpan<byte> content)
            || content.Length != (isUtc ? 13 : 15))
        {
            return false;
        }

        Span<char> text = stackalloc char[15];
        if (!Ascii.IsValid(content) || Ascii.ToUtf16(content, text[(15 - content.Length)..], out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        if (isUtc)
        {
            // RFC 5280, 4.1.2.5.1: years from 50 on are of the last century.
            (text[2] >= '5' ? "19" : "20").CopyTo(text);
        }

        return DateTimeOffset.TryParseExact(
            text, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>Reads an ECDSA signature, SEQUENCE of two INTEGERs, as r and s of 32 bytes each.</summary>
    public static bool TryReadSignature(ReadOnlySpan<byte> encoded, Span<byte> signature)
    {
        var outer = new DerReader(encoded);
        return outer.TryEnter(DerReader.Sequence, out DerReader inner)
            && outer.IsEmpty
            && TryReadUnsigned(ref inner, signature[..32])
            && TryReadUnsigned(ref inner, signature[32..])
            && inner.IsEmpty;
    }

    /// <summary>Reads a BIT STRING without unused bits.</summary>
    public static bool TryReadWholeBits(ref DerReader reader, out ReadOnlySpan<byte> bits)
    {
        bits = default;
        if (!reader.TryRead(DerReader.BitString, out ReadOnlySpan<byte> content) || content.IsEmpty || content[0] != 0)
        {
            return false;
        }

        bits = content[1..];
        return true;
    }

    /// <summary>Reads a BOOLEAN that may be absent, which means false.</summary>
    public static bool TryReadOptionalBoolean(ref DerReader reader, out bool value)
    {
        value = false;
        if (!reader.Next(DerReader.Boolean))
        {
            return true;
        }

        bool read = reader.TryRead(DerReader.Boolean, out ReadOnlySpan<byte> content) && content is [0x00 or 0xFF];
        value = read && content[0] == 0xFF;
        return read;
    }

    private static bool IsUnsigned(ReadOnlySpan<byte> content) =>
        content.Length > 0
        && content[0] < 0x80
        && (content.Length == 1 || content[0] != 0 || content[1] >= 0x80);
}
