namespace CocoonP2P.Attestation;

/// <summary>TDATTRIBUTES (Intel TDX Module 1.5 ABI, 3.4.1).</summary>
internal static class TdAttributeBits
{
    public const ulong Debug = 1UL;

    /// <summary>Bits 1 to 7 of the group "under debug": production domains have none.</summary>
    public const ulong UnderDebug = 0xFE;

    public const ulong SeptVeDisable = 1UL << 28;

    public const ulong Migratable = 1UL << 29;

    /// <summary>LASS, PKS, KL: features of the guest's own, allowed by default.</summary>
    public const ulong Harmless = (1UL << 27) | (1UL << 30) | (1UL << 31);

    /// <summary>The bits that a policy may name.</summary>
    public static readonly IReadOnlyDictionary<string, ulong> Optional = new SortedDictionary<string, ulong>(StringComparer.Ordinal)
    {
        ["ICSSD"] = 1UL << 16,
        ["KL"] = 1UL << 31,
        ["LASS"] = 1UL << 27,
        ["PERFMON"] = 1UL << 63,
        ["PKS"] = 1UL << 30,
        ["SERVTD_EXT"] = 1UL << 17,
        ["TPA"] = 1UL << 62,
    };

    public static readonly ulong AllOptional = Optional.Values.Aggregate((all, one) => all | one);
}
