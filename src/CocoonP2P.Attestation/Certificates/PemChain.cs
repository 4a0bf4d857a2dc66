using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Attestation;

/// <summary>Certificates as PEM (RFC 7468), one after another, with nothing but line ends between them.</summary>
internal static class PemChain
{
    /// <summary>Three genuine certificates take 3.7 KiB.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int MaxCertificates = 4;

    private static ReadOnlySpan<byte> Begin => "-----BEGIN CERTIFICATE-----"u8;

    private static ReadOnlySpan<byte> End => "-----END CERTIFICATE-----"u8;

    /// <summary>Parses all certificates, leaf first. One NUL may end the text, as it does in genuine quotes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> pem, [NotNullWhen(true)] out List<Certificate>? certificates)
    {
        certificates = null;
        var list = new List<Certificate>(3);
        if (pem.Length > MaxBytes)
        {
            return false;
        }

        if (pem.Length > 0 && pem[^1] == 0)
        {
            pem = pem[..^1];
        }

        for (pem = SkipLineEnds(pem); !pem.IsEmpty; pem = SkipLineEnds(pem))
        {
            int end = pem.IndexOf(End);
            if (!pem.StartsWith(Begin) || end < Begin.Length || list.Count == MaxCertificates
                || !TryDecode(pem[Begin.Length..end], out Certificate? certificate))
            {
                return false;
            }

            list.Add(certificate);
            pem = pem[(end + End.Length)..];
        }

        certificates = list;
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> base64, [NotNullWhen(true)] out Certificate? certificate)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(base64.Length));
        OperationStatus status = Base64.DecodeFromUtf8(base64, rented, out _, out int written);
        certificate = null;
        bool parsed = status == OperationStatus.Done && CertificateParser.TryParse(rented.AsSpan(0, written), out certificate);
        ArrayPool<byte>.Shared.Return(rented);
        return parsed;
    }

    private static ReadOnlySpan<byte> SkipLineEnds(ReadOnlySpan<byte> pem) => pem.TrimStart("\r\n"u8);
}
