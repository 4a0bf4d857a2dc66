namespace CocoonP2P.Attestation;

/// <summary>Object identifiers as DER content: compared as bytes, never parsed.</summary>
internal static class Oids
{
    /// <summary>2.5.4.3, common name.</summary>
    public static ReadOnlySpan<byte> CommonName => [0x55, 0x04, 0x03];

    /// <summary>2.5.29.15.</summary>
    public static ReadOnlySpan<byte> KeyUsage => [0x55, 0x1D, 0x0F];

    /// <summary>2.5.29.19.</summary>
    public static ReadOnlySpan<byte> BasicConstraints => [0x55, 0x1D, 0x13];

    /// <summary>2.5.29.27: the list is a difference to another.</summary>
    public static ReadOnlySpan<byte> DeltaCrlIndicator => [0x55, 0x1D, 0x1B];

    /// <summary>2.5.29.28: the list covers a part, or other issuers.</summary>
    public static ReadOnlySpan<byte> IssuingDistributionPoint => [0x55, 0x1D, 0x1C];

    /// <summary>1.2.840.113741.1.13.1, the platform description in a PCK certificate.</summary>
    public static ReadOnlySpan<byte> SgxExtension => [0x2A, 0x86, 0x48, 0x86, 0xF8, 0x4D, 0x01, 0x0D, 0x01];

    /// <summary>The AlgorithmIdentifier of ecdsa-with-SHA256, whole.</summary>
    public static ReadOnlySpan<byte> EcdsaWithSha256 => [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];

    /// <summary>A SubjectPublicKeyInfo of an uncompressed P-256 point, up to the point's x.</summary>
    public static ReadOnlySpan<byte> P256KeyPrefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
        0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];
}
