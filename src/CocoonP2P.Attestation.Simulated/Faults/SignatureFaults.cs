using System.Security.Cryptography;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>Group B: signatures and bindings inside the quote.</summary>
internal static class SignatureFaults
{
    /// <summary>The start of each field of a TD report.</summary>
    private static readonly int[] BodyFields = [0, 16, 64, 112, 120, 128, 136, 184, 232, 280, 328, 376, 424, 472, 520, 583];

    public static IEnumerable<SimulatedFault> All =>
    [
        After("tampered-user-data", ReasonCode.QuoteSignatureInvalid, (bytes, _) => bytes[40] ^= 1),
        .. BodyFields.Select(offset => After(
            $"tampered-body-{offset}", ReasonCode.QuoteSignatureInvalid, (bytes, parts) => bytes[parts.BodyOffset + offset] ^= 1)),
        After("quote-r-zero", ReasonCode.QuoteSignatureInvalid, (bytes, parts) => bytes.AsSpan(parts.BodyEnd + 4, 32).Clear()),
        After("quote-s-zero", ReasonCode.QuoteSignatureInvalid, (bytes, parts) => bytes.AsSpan(parts.BodyEnd + 36, 32).Clear()),
        After("quote-r-past-the-order", ReasonCode.QuoteSignatureInvalid, (bytes, parts) => bytes.AsSpan(parts.BodyEnd + 4, 32).Fill(0xFF)),
        After("quote-s-past-the-order", ReasonCode.QuoteSignatureInvalid, (bytes, parts) => bytes.AsSpan(parts.BodyEnd + 36, 32).Fill(0xFF)),
        new("quote-by-another-key", ReasonCode.QuoteSignatureInvalid, evidence => evidence.Quote.Attestation = evidence.Keys["other"]),
        new("attestation-key-off-the-curve", ReasonCode.AttestationKeyInvalid, evidence => evidence.Quote.AttestationKey[63] ^= 1),
        new("attestation-key-zero", ReasonCode.AttestationKeyInvalid, evidence => evidence.Quote.AttestationKey = new byte[64]),
        After("qe-report-signature", ReasonCode.QeReportSignatureInvalid, (bytes, parts) => bytes[parts.QeReportOffset + 384] ^= 1),
        After("qe-report-tampered", ReasonCode.QeReportSignatureInvalid, (bytes, parts) => bytes[parts.QeReportOffset] ^= 1),
        new("qe-report-of-another-platform", ReasonCode.QeReportSignatureInvalid, evidence => evidence.Quote.Pck = evidence.Keys.Pck("elsewhere")),
        After("attestation-key-of-another-quote", ReasonCode.QeReportDataMismatch, (bytes, parts) =>
            RandomPoint(parts).CopyTo(bytes.AsSpan(parts.BodyEnd + 68))),
        After("qe-auth-data-changed", ReasonCode.QeReportDataMismatch, (bytes, parts) => bytes[parts.QeAuthOffset] ^= 1),
        new("qe-report-data-tail", ReasonCode.QeReportDataMismatch, evidence => evidence.Quote.BeforeReportIsSigned = report => report[383] = 1),
        new("quote-of-another-platforms-chain", ReasonCode.QeReportSignatureInvalid, evidence => evidence.Pck.Key = evidence.Keys.Pck("elsewhere")),
    ];

    private static byte[] RandomPoint(QuoteParts parts) => new SimulatedKey(SHA256.HashData(BitConverter.GetBytes(parts.End)), "point").PublicKey;

    private static SimulatedFault After(string name, ReasonCode expected, Action<byte[], QuoteParts> edit) => new(name, expected, evidence =>
        evidence.Quote.AfterSigning = bytes =>
        {
            if (QuoteParser.TryLocate(bytes, out QuoteParts parts, out _))
            {
                edit(bytes, parts);
            }

            return bytes;
        });
}
