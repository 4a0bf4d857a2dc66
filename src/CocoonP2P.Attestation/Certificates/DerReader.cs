namespace CocoonP2P.Attestation;

/// <summary>
/// Reads definite-length DER (X.690) without exceptions: the bytes are a stranger's. Tags of one byte and lengths of up
/// to three bytes are all that certificates and revocation lists of at most 16 MiB need.
/// </summary>
internal ref struct DerReader(ReadOnlySpan<byte> data)
{
    public const byte Boolean = 0x01;
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte ObjectIdentifier = 0x06;
    public const byte Enumerated = 0x0A;
    public const byte UtcTime = 0x17;
    public const byte GeneralizedTime = 0x18;
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;

    /// <summary>Constructed, context-specific 0; add the number for the others.</summary>
    public const byte Context0 = 0xA0;

    private ReadOnlySpan<byte> rest = data;

    public readonly bool IsEmpty => rest.IsEmpty;

    /// <summary>True if the next element has this tag.</summary>
    public readonly bool Next(byte tag) => !rest.IsEmpty && rest[0] == tag;

    /// <summary>Reads an element of this tag: what is in it.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content) => TryRead(tag, out content, out _);

    /// <summary>Reads an element of this tag: what is in it, and all of it with its tag and length.</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> encoded)
    {
        content = encoded = default;
        return Next(tag) && TryReadAny(out content, out encoded);
    }

    /// <summary>Reads a whole, nested sequence.</summary>
    public bool TryEnter(byte tag, out DerReader inner)
    {
        bool read = TryRead(tag, out ReadOnlySpan<byte> content, out _);
        inner = new DerReader(content);
        return read;
    }

    /// <summary>Reads an element of whatever tag.</summary>
    public bool TryReadAny(out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> encoded)
    {
        content = encoded = default;
        if (rest.Length < 2)
        {
            return false;
        }

        int header = 2;
        int length = rest[1];
        if (length >= 0x80)
        {
            int count = length & 0x7F;
            if (count is < 1 or > 3 || rest.Length < 2 + count)
            {
                return false;
            }

            length = 0;
            foreach (byte digit in rest.Slice(2, count))
            {
                length = (length << 8) | digit;
            }

            header += count;
            if (length < 0x80 || length >> (8 * (count - 1)) == 0)
            {
                return false;
            }
        }

        if (length > rest.Length - header)
        {
            return false;
        }

        content = rest.Slice(header, length);
        encoded = rest[..(header + length)];
        rest = rest[(header + length)..];
        return true;
    }
}
