namespace CocoonP2P.Attestation;

/// <summary>What a quote may measure. Genuine ones take 5 KiB and carry up to 3 KiB of padding.</summary>
internal static class QuoteLimits
{
    /// <summary>With padding. The largest buffer a Linux host hands out is 32 KiB; doubled.</summary>
    public const int TotalBytes = 64 * 1024;

    /// <summary>Up to the end of the signature data: three times the genuine 5 KiB.</summary>
    public const int CanonicalBytes = 16 * 1024;

    /// <summary>Padding up to its last byte that is not zero; 39 such bytes were seen.</summary>
    public const int NonZeroPaddingBytes = 4 * 1024;

    /// <summary>Header, the smallest body, a length, and one report: nothing shorter can be a quote.</summary>
    public const int MinimumBytes = 1020;

    /// <summary>Signature, attestation key and the outer certification header.</summary>
    public const int MinimumAuthBytes = 134;

    /// <summary>Report of the quoting enclave, its signature and the length of its data.</summary>
    public const int MinimumCertificationBytes = 450;
}
