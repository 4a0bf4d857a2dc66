namespace CocoonP2P.Attestation;

/// <summary>A well-formed quote: every length in it is known to be true, nothing in it is known to be genuine.</summary>
public sealed class TdxQuote
{
    private readonly byte[] canonical;
    private readonly QuoteParts parts;

    internal TdxQuote(byte[] canonical, QuoteParts parts)
    {
        this.canonical = canonical;
        this.parts = parts;
        Body = new TdReportBody(canonical.AsMemory(parts.BodyOffset, parts.BodyEnd - parts.BodyOffset));
    }

    /// <summary>4 or 5.</summary>
    public int Version => canonical[0];

    /// <summary>What the quote says of the trust domain.</summary>
    public TdReportBody Body { get; }

    /// <summary>The quote without padding. Hashes and cache keys cover these bytes and no others.</summary>
    public ReadOnlyMemory<byte> CanonicalBytes => canonical;

    /// <summary>By its header's vendor alone; a verdict goes by the root of its certificates instead.</summary>
    public TeeKind ClaimedKind => Vendor.SequenceEqual(QuoteLayout.SimulatedVendor) ? TeeKind.Simulated : TeeKind.Tdx;

    internal ReadOnlySpan<byte> Vendor => canonical.AsSpan(12, 16);

    internal ReadOnlySpan<byte> SignedBytes => canonical.AsSpan(0, parts.BodyEnd);

    internal ReadOnlySpan<byte> Signature => canonical.AsSpan(parts.BodyEnd + sizeof(uint), QuoteLayout.SignatureSize);

    internal ReadOnlySpan<byte> AttestationKey =>
        canonical.AsSpan(parts.BodyEnd + sizeof(uint) + QuoteLayout.SignatureSize, QuoteLayout.KeySize);

    internal SgxReportBody QeReport => new(QeReportBytes);

    internal ReadOnlySpan<byte> QeReportBytes => canonical.AsSpan(parts.QeReportOffset, SgxReportBody.Size);

    internal ReadOnlySpan<byte> QeReportSignature =>
        canonical.AsSpan(parts.QeReportOffset + SgxReportBody.Size, QuoteLayout.SignatureSize);

    internal ReadOnlySpan<byte> QeAuthData => canonical.AsSpan(parts.QeAuthOffset, parts.QeAuthSize);

    internal ReadOnlySpan<byte> PckChainPem => canonical.AsSpan(parts.PckChainOffset, parts.PckChainSize);

    /// <summary>All that ties an attestation key to its platform: the key, the report that vouches for it, the chain.</summary>
    internal ReadOnlySpan<byte> PlatformBytes => canonical.AsSpan(parts.BodyEnd + sizeof(uint) + QuoteLayout.SignatureSize);

    /// <summary>Parses at most 64 KiB and copies at most 16 KiB. Nothing is verified.</summary>
    /// <param name="bytes">A version 4 or 5 quote, with or without padding.</param>
    /// <param name="quote">The quote, if the answer is true.</param>
    /// <param name="reason">A code of the group S0, if the answer is false.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TdxQuote? quote,
        out Reason reason)
    {
        quote = null;
        if (!QuoteParser.TryLocate(bytes, out QuoteParts parts, out reason))
        {
            return false;
        }

        quote = new TdxQuote(bytes[..parts.End].ToArray(), parts);
        return true;
    }
}
