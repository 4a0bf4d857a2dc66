namespace CocoonP2P.Attestation;

/// <summary>Offsets and sizes of a TDX quote in bytes (Intel TDX DCAP Quote Generation Library, appendix 3).</summary>
internal static class QuoteLayout
{
    public const int HeaderSize = 48;
    public const int BodyOffsetV5 = HeaderSize + sizeof(ushort) + sizeof(uint);
    public const int SignatureSize = 64;
    public const int KeySize = 64;
    public const int CertificationHeaderSize = sizeof(ushort) + sizeof(uint);

    public const ushort EcdsaP256 = 2;
    public const uint TeeTdx = 0x81;

    public const ushort BodySgx = 1;
    public const ushort BodyTd10 = 2;
    public const ushort BodyTd15 = 3;
    public const ushort BodyTd15Ex = 4;

    public const ushort CertificationQeReport = 6;
    public const ushort CertificationPckChain = 5;

    /// <summary>What a quoting enclave of Intel's says of itself.</summary>
    public static ReadOnlySpan<byte> IntelVendor =>
        [0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07];

    /// <summary>What a simulated quoting enclave says of itself; known here only to refuse it by its name.</summary>
    public static ReadOnlySpan<byte> SimulatedVendor =>
        [0x95, 0x2e, 0x49, 0x93, 0x12, 0x1a, 0x34, 0x04, 0x54, 0x64, 0xa4, 0xcf, 0xd3, 0xc6, 0xa1, 0x16];
}
