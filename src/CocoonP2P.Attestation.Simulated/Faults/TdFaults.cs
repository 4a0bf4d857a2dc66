using System.Buffers.Binary;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>Group G: genuine quotes of trust domains that no policy should accept.</summary>
internal static class TdFaults
{
    private const int AttributesOffset = 120;

    public static IEnumerable<SimulatedFault> All =>
    [
        Attributes("debug-td", ReasonCode.TdDebug, bits => bits | 1),
    ];

    private static SimulatedFault Attributes(string name, ReasonCode expected, Func<ulong, ulong> change) => new(name, expected, evidence =>
    {
        Span<byte> field = evidence.Quote.Body.AsSpan(AttributesOffset, sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(field, change(BinaryPrimitives.ReadUInt64LittleEndian(field)));
    });
}
