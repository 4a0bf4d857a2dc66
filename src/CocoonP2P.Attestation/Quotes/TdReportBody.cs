using System.Buffers.Binary;

namespace CocoonP2P.Attestation;

/// <summary>What the TDX module measured of a trust domain. The lengths are those of the module's specification.</summary>
public sealed class TdReportBody
{
    internal const int Size10 = 584;
    internal const int Size15 = 648;
    internal const int Size15Ex = 885;

    private readonly ReadOnlyMemory<byte> bytes;

    internal TdReportBody(ReadOnlyMemory<byte> bytes) => this.bytes = bytes;

    /// <summary>Security versions at launch, 16 bytes; [0] is the module's version, [1] its major number.</summary>
    public ReadOnlySpan<byte> TeeTcbSvn => At(0, 16);

    /// <summary>Measurement of the TDX module, 48 bytes.</summary>
    public ReadOnlySpan<byte> MrSeam => At(16, 48);

    /// <summary>Signer of the TDX module, 48 bytes; zero for Intel.</summary>
    public ReadOnlySpan<byte> MrSignerSeam => At(64, 48);

    /// <summary>Attributes of the TDX module, 8 bytes.</summary>
    public ReadOnlySpan<byte> SeamAttributes => At(112, 8);

    /// <summary>TD attributes; bit 0 is DEBUG.</summary>
    public ulong TdAttributes => BinaryPrimitives.ReadUInt64LittleEndian(At(120, 8));

    /// <summary>Extended features that the trust domain may use.</summary>
    public ulong Xfam => BinaryPrimitives.ReadUInt64LittleEndian(At(128, 8));

    /// <summary>Measurement of the initial image, 48 bytes.</summary>
    public ReadOnlySpan<byte> MrTd => At(136, 48);

    /// <summary>Configuration identity set by the host, 48 bytes.</summary>
    public ReadOnlySpan<byte> MrConfigId => At(184, 48);

    /// <summary>Owner identity set by the host, 48 bytes.</summary>
    public ReadOnlySpan<byte> MrOwner => At(232, 48);

    /// <summary>Owner's configuration set by the host, 48 bytes.</summary>
    public ReadOnlySpan<byte> MrOwnerConfig => At(280, 48);

    /// <summary>The caller's 64 bytes.</summary>
    public ReadOnlySpan<byte> ReportData => At(520, 64);

    /// <summary>Security versions now, 16 bytes; empty in a body of TDX 1.0.</summary>
    public ReadOnlySpan<byte> TeeTcbSvn2 => Is15 ? At(584, 16) : default;

    /// <summary>Measurement of the bound service TDs, 48 bytes; empty in a body of TDX 1.0.</summary>
    public ReadOnlySpan<byte> MrServiceTd => Is15 ? At(600, 48) : default;

    /// <summary>True for the two bodies that name a service TD and current versions.</summary>
    public bool Is15 => bytes.Length >= Size15;

    /// <summary>True for the body that describes partitions and migration.</summary>
    public bool Is15Ex => bytes.Length == Size15Ex;

    internal byte VmId => Is15Ex ? At(648, 1)[0] : (byte)0;

    /// <summary>Hash and attributes of the service TDs at the start and now are equal: the TD was not migrated.</summary>
    internal bool KeepsItsServiceTd => !Is15Ex || (At(729, 48).SequenceEqual(At(829, 48)) && At(777, 8).SequenceEqual(At(877, 8)));

    /// <summary>A run-time measurement register, 48 bytes.</summary>
    /// <param name="index">0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another register.</exception>
    public ReadOnlySpan<byte> Rtmr(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, 3);
        return At(328 + (48 * index), 48);
    }

    private ReadOnlySpan<byte> At(int offset, int length) => bytes.Span.Slice(offset, length);
}
