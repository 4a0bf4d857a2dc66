using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CocoonP2P.Attestation;

/// <summary>Reads one X.509 version 3 certificate (RFC 5280, 4.1).</summary>
internal static class CertificateParser
{
    /// <summary>Genuine ones take 1,300 bytes.</summary>
    private const int MaxBytes = 8 * 1024;

    public static bool TryParse(ReadOnlySpan<byte> der, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        var whole = new DerReader(der);
        if (der.Length > MaxBytes
            || !whole.TryEnter(DerReader.Sequence, out DerReader outer)
            || !whole.IsEmpty
            || !outer.TryRead(DerReader.Sequence, out ReadOnlySpan<byte> tbs, out ReadOnlySpan<byte> signed)
            || !outer.TryRead(DerReader.Sequence, out _, out ReadOnlySpan<byte> algorithm)
            || !DerValues.TryReadWholeBits(ref outer, out ReadOnlySpan<byte> signature)
            || !outer.IsEmpty)
        {
            return false;
        }

        return TryReadSignature(algorithm, signature, out byte[] parsed)
            && TryParseSigned(new DerReader(tbs), der, signed, algorithm, parsed, out certificate);
    }

    private static bool TryParseSigned(
        DerReader tbs, ReadOnlySpan<byte> der, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> algorithm, byte[] signature,
        [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        if (!tbs.TryEnter(DerReader.Context0, out DerReader version)
            || !DerValues.TryReadSmall(ref version, 2, out int number)
            || number != 2
            || !tbs.TryRead(DerReader.Integer, out ReadOnlySpan<byte> serial)
            || !tbs.TryRead(DerReader.Sequence, out _, out ReadOnlySpan<byte> innerAlgorithm)
            || !innerAlgorithm.SequenceEqual(algorithm)
            || !tbs.TryRead(DerReader.Sequence, out _, out ReadOnlySpan<byte> issuer)
            || !tbs.TryEnter(DerReader.Sequence, out DerReader validity)
            || !DerValues.TryReadTime(ref validity, out DateTimeOffset notBefore)
            || !DerValues.TryReadTime(ref validity, out DateTimeOffset notAfter)
            || !validity.IsEmpty
            || !tbs.TryRead(DerReader.Sequence, out ReadOnlySpan<byte> subjectContent, out ReadOnlySpan<byte> subject)
            || !tbs.TryRead(DerReader.Sequence, out _, out ReadOnlySpan<byte> key)
            || !tbs.TryEnter(DerReader.Context0 + 3, out DerReader extensionsField)
            || !tbs.IsEmpty
            || !extensionsField.TryEnter(DerReader.Sequence, out DerReader list)
            || !extensionsField.IsEmpty
            || !CertificateExtensions.TryParse(list, out CertificateExtensions extensions)
            || !TryReadCommonName(new DerReader(subjectContent), out string commonName))
        {
            return false;
        }

        ReadOnlySpan<byte> prefix = Oids.P256KeyPrefix;
        bool isP256 = key.Length == prefix.Length + QuoteLayout.KeySize && key.StartsWith(prefix);
        certificate = new Certificate
        {
            Der = der.ToArray(),
            SignedHash = SHA256.HashData(signed),
            Signature = signature,
            Issuer = issuer.ToArray(),
            Subject = subject.ToArray(),
            CommonName = commonName,
            Serial = serial.ToArray(),
            NotBefore = notBefore,
            NotAfter = notAfter,
            PublicKey = isP256 ? key[prefix.Length..].ToArray() : [],
            Extensions = extensions,
        };
        return true;
    }

    /// <summary>A signature of another algorithm is left empty: the rules refuse it by its proper name.</summary>
    internal static bool TryReadSignature(ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> encoded, out byte[] signature)
    {
        signature = [];
        if (!algorithm.SequenceEqual(Oids.EcdsaWithSha256))
        {
            return true;
        }

        signature = new byte[QuoteLayout.SignatureSize];
        return DerValues.TryReadSignature(encoded, signature);
    }

    private static bool TryReadCommonName(DerReader name, out string commonName)
    {
        commonName = "";
        int found = 0;
        while (!name.IsEmpty)
        {
            if (!name.TryEnter(DerReader.Set, out DerReader set)
                || !set.TryEnter(DerReader.Sequence, out DerReader attribute)
                || !attribute.TryRead(DerReader.ObjectIdentifier, out ReadOnlySpan<byte> id)
                || !attribute.TryReadAny(out ReadOnlySpan<byte> value, out _)
                || !attribute.IsEmpty
                || !set.IsEmpty)
            {
                return false;
            }

            if (id.SequenceEqual(Oids.CommonName))
            {
                found++;
                commonName = found == 1 && Ascii.IsValid(value) ? Encoding.ASCII.GetString(value) : "";
            }
        }

        return true;
    }
}
