using System.Buffers.Binary;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>Group G: genuine quotes of trust domains that the strict policy does not accept.</summary>
internal static class TdFaults
{
    private const int AttributesOffset = 120;
    private const int XfamOffset = 128;
    private const int MrServiceTdOffset = 600;

    /// <summary>Attributes that are refused unless a policy names them.</summary>
    private static readonly string[] Named = ["ICSSD", "SERVTD_EXT", "TPA", "PERFMON"];

    public static IEnumerable<SimulatedFault> All =>
    [
        Attributes("debug-td", ReasonCode.TdDebug, bits => bits | 1),
        .. Enumerable.Range(1, 7).Append(8).Append(40).Select(bit => Attributes(
            $"reserved-attribute-{bit}", ReasonCode.TdAttributesReserved, bits => bits | (1UL << bit))),
        Attributes("sept-ve-enabled", ReasonCode.SeptVeDisableNotSet, bits => bits & ~TdAttributeBits.SeptVeDisable),
        Attributes("migratable", ReasonCode.TdMigratable, bits => bits | TdAttributeBits.Migratable),
        .. Named.Select(name => Attributes(
            "attribute-" + name.ToLowerInvariant(), ReasonCode.TdAttributesPolicy, bits => bits | TdAttributeBits.Optional[name])),
        Field("xfam-without-sse", ReasonCode.XfamPolicy, XfamOffset, bits => bits & ~2UL),
        Field("xfam-unknown", ReasonCode.XfamPolicy, XfamOffset, bits => bits | (1UL << 3)),
        Body("wrong-measurement", ReasonCode.MeasurementMismatch, 136),
        .. Enumerable.Range(0, 4).Select(i => Body($"wrong-rtmr{i}", ReasonCode.MeasurementMismatch, 328 + (48 * i))),
        Body("config-id", ReasonCode.MeasurementMismatch, 184),
        Body("owner", ReasonCode.MeasurementMismatch, 232),
        Body("owner-config", ReasonCode.MeasurementMismatch, 280),
        Body("service-td", ReasonCode.MrServiceTdNotAllowed, MrServiceTdOffset),
        new("out-of-date", ReasonCode.TcbPolicyStatus, evidence => evidence.Pck.Sgx!.Svns[0] = 4),
        new("module-out-of-date", ReasonCode.TcbPolicyStatus, evidence => evidence.Quote.Body[0] = evidence.Quote.Body[584] = 4),
        new("relaunch-advised", ReasonCode.TcbPolicyStatus, evidence => evidence.Quote.Body[0] = 4),
    ];

    private static SimulatedFault Attributes(string name, ReasonCode expected, Func<ulong, ulong> change) =>
        Field(name, expected, AttributesOffset, change);

    private static SimulatedFault Field(string name, ReasonCode expected, int offset, Func<ulong, ulong> change) => new(name, expected, evidence =>
    {
        Span<byte> field = evidence.Quote.Body.AsSpan(offset, sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(field, change(BinaryPrimitives.ReadUInt64LittleEndian(field)));
    });

    private static SimulatedFault Body(string name, ReasonCode expected, int offset) =>
        new(name, expected, evidence => evidence.Quote.Body[offset] ^= 1);
}
