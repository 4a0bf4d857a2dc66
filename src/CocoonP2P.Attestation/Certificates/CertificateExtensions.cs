namespace CocoonP2P.Attestation;

/// <summary>The extensions of a certificate (RFC 5280, 4.2).</summary>
internal sealed class CertificateExtensions
{
    /// <summary>Genuine certificates have seven.</summary>
    private const int MaxCount = 32;

    public bool IsCa { get; private set; }

    /// <summary>How many CAs may follow; null if nothing is said.</summary>
    public int? PathLength { get; private set; }

    public KeyUses KeyUses { get; private set; }

    /// <summary>True if an extension must be understood and is not.</summary>
    public bool HasUnknownCritical { get; private set; }

    /// <summary>The content of the SGX extension; empty if absent.</summary>
    public byte[] Sgx { get; private set; } = [];

    public static bool TryParse(DerReader list, out CertificateExtensions extensions)
    {
        extensions = new CertificateExtensions();
        var seen = new List<byte[]>();
        while (!list.IsEmpty)
        {
            if (seen.Count == MaxCount
                || !list.TryEnter(DerReader.Sequence, out DerReader one)
                || !one.TryRead(DerReader.ObjectIdentifier, out ReadOnlySpan<byte> id)
                || !DerValues.TryReadOptionalBoolean(ref one, out bool critical)
                || !one.TryRead(DerReader.OctetString, out ReadOnlySpan<byte> value)
                || !one.IsEmpty
                || Contains(seen, id)
                || !extensions.TryTake(id, critical, value))
            {
                return false;
            }

            seen.Add(id.ToArray());
        }

        return true;
    }

    private static bool Contains(List<byte[]> seen, ReadOnlySpan<byte> id)
    {
        foreach (byte[] one in seen)
        {
            if (id.SequenceEqual(one))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryTake(ReadOnlySpan<byte> id, bool critical, ReadOnlySpan<byte> value)
    {
        var reader = new DerReader(value);
        if (id.SequenceEqual(Oids.BasicConstraints))
        {
            return TryTakeBasicConstraints(reader);
        }

        if (id.SequenceEqual(Oids.KeyUsage))
        {
            bool read = reader.TryRead(DerReader.BitString, out ReadOnlySpan<byte> bits) && reader.IsEmpty && bits.Length is 2 or 3;
            KeyUses = read ? (KeyUses)bits[1] : KeyUses.None;
            return read;
        }

        if (id.SequenceEqual(Oids.SgxExtension))
        {
            Sgx = value.ToArray();
            return true;
        }

        HasUnknownCritical |= critical;
        return true;
    }

    private bool TryTakeBasicConstraints(DerReader reader)
    {
        if (!reader.TryEnter(DerReader.Sequence, out DerReader inner)
            || !reader.IsEmpty
            || !DerValues.TryReadOptionalBoolean(ref inner, out bool isCa))
        {
            return false;
        }

        IsCa = isCa;
        if (inner.IsEmpty)
        {
            return true;
        }

        bool read = DerValues.TryReadSmall(ref inner, byte.MaxValue, out int length) && inner.IsEmpty;
        PathLength = length;
        return read;
    }
}
