using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>A complete, direct certificate revocation list (RFC 5280, 5). Nothing in it is verified.</summary>
internal sealed class RevocationList
{
    /// <summary>The genuine list of 129 entries takes 7 KiB; this is room for 18,000.</summary>
    public const int MaxBytes = 1024 * 1024;

    private readonly byte[] entries;

    private RevocationList(byte[] entries) => this.entries = entries;

    public required byte[] SignedHash { get; init; }

    public required byte[] Signature { get; init; }

    public required byte[] Issuer { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    public required DateTimeOffset NextUpdate { get; init; }

    public static bool TryParse(ReadOnlySpan<byte> der, [NotNullWhen(true)] out RevocationList? list)
    {
        list = null;
        var whole = new DerReader(der);
        if (der.Length > MaxBytes
            || !whole.TryEnter(DerReader.Sequence, out DerReader outer)
            || !whole.IsEmpty
            || !outer.TryRead(DerReader.Sequence, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> signed)
            || !outer.TryRead(DerReader.Sequence, out _, out ReadOnlySpan<byte> algorithm)
            || !DerValues.TryReadWholeBits(ref outer, out ReadOnlySpan<byte> signature)
            || !outer.IsEmpty
            || !CertificateParser.TryReadSignature(algorithm, signature, out byte[] parsed)
            || parsed.Length == 0)
        {
            return false;
        }

        var tbs = new DerReader(content);
        if (!DerValues.TryReadSmall(ref tbs, 1, out int version)
            || version != 1
            || !tbs.TryRead(DerReader.Sequence, out _, out ReadOnlySpan<byte> inner)
            || !inner.SequenceEqual(algorithm)
            || !tbs.TryRead(DerReader.Sequence, out _, out ReadOnlySpan<byte> issuer)
            || !DerValues.TryReadTime(ref tbs, out DateTimeOffset thisUpdate)
            || !DerValues.TryReadTime(ref tbs, out DateTimeOffset nextUpdate)
            || !TryReadEntries(ref tbs, out ReadOnlySpan<byte> entries)
            || !tbs.TryEnter(DerReader.Context0, out DerReader extensions)
            || !tbs.IsEmpty
            || !AreExtensionsHarmless(extensions))
        {
            return false;
        }

        list = new RevocationList(entries.ToArray())
        {
            SignedHash = SHA256.HashData(signed),
            Signature = parsed,
            Issuer = issuer.ToArray(),
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
        };
        return true;
    }

    /// <summary>Goes through the list: some ten nanoseconds an entry, and nothing to keep.</summary>
    public bool Revokes(Certificate certificate)
    {
        var reader = new DerReader(entries);
        while (reader.TryEnter(DerReader.Sequence, out DerReader entry)
            && entry.TryRead(DerReader.Integer, out ReadOnlySpan<byte> serial))
        {
            if (serial.SequenceEqual(certificate.Serial))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryReadEntries(ref DerReader tbs, out ReadOnlySpan<byte> entries)
    {
        entries = default;
        if (!tbs.Next(DerReader.Sequence))
        {
            return true;
        }

        if (!tbs.TryRead(DerReader.Sequence, out entries))
        {
            return false;
        }

        for (var list = new DerReader(entries); !list.IsEmpty;)
        {
            if (!list.TryEnter(DerReader.Sequence, out DerReader entry)
                || !entry.TryRead(DerReader.Integer, out _)
                || !DerValues.TryReadTime(ref entry, out _)
                || (!entry.IsEmpty && !IsHarmless(ref entry))
                || !entry.IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreExtensionsHarmless(DerReader field) => IsHarmless(ref field) && field.IsEmpty;

    /// <summary>No extension says that the list is partial, and none demands to be understood.</summary>
    private static bool IsHarmless(ref DerReader field)
    {
        if (!field.TryEnter(DerReader.Sequence, out DerReader list))
        {
            return false;
        }

        while (!list.IsEmpty)
        {
            if (!list.TryEnter(DerReader.Sequence, out DerReader one)
                || !one.TryRead(DerReader.ObjectIdentifier, out ReadOnlySpan<byte> id)
                || !DerValues.TryReadOptionalBoolean(ref one, out bool critical)
                || !one.TryRead(DerReader.OctetString, out _)
                || !one.IsEmpty
                || critical
                || id.SequenceEqual(Oids.DeltaCrlIndicator)
                || id.SequenceEqual(Oids.IssuingDistributionPoint))
            {
                return false;
            }
        }

        return true;
    }
}
