using System.Buffers.Binary;

namespace CocoonP2P.Attestation;

/// <summary>The report of the quoting enclave, 384 bytes.</summary>
internal readonly ref struct SgxReportBody(ReadOnlySpan<byte> bytes)
{
    public const int Size = 384;
    public const int MiscSelectOffset = 16;
    public const int AttributesOffset = 48;
    public const int MrSignerOffset = 128;
    public const int IsvProdIdOffset = 256;
    public const int IsvSvnOffset = 258;
    public const int ReportDataOffset = 320;

    /// <summary>Bit 1 of the attributes' first byte.</summary>
    private const byte DebugBit = 0x02;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    public ReadOnlySpan<byte> MiscSelect => bytes.Slice(MiscSelectOffset, 4);

    public ReadOnlySpan<byte> Attributes => bytes.Slice(AttributesOffset, 16);

    public ReadOnlySpan<byte> MrSigner => bytes.Slice(MrSignerOffset, 32);

    public ushort IsvProdId => BinaryPrimitives.ReadUInt16LittleEndian(bytes[IsvProdIdOffset..]);

    public ushort IsvSvn => BinaryPrimitives.ReadUInt16LittleEndian(bytes[IsvSvnOffset..]);

    public ReadOnlySpan<byte> ReportData => bytes.Slice(ReportDataOffset, 64);

    public bool IsDebug => (Attributes[0] & DebugBit) != 0;
}
