using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>Which quoting enclave may vouch for attestation keys: QE Identity version 2, signature checked before.</summary>
internal sealed class QeIdentity
{
    public required uint EvaluationNumber { get; init; }

    /// <summary>Highest first.</summary>
    public required IsvLevel[] Levels { get; init; }

    private byte[] MiscSelect { get; init; } = [];

    private byte[] MiscSelectMask { get; init; } = [];

    private byte[] Attributes { get; init; } = [];

    private byte[] AttributesMask { get; init; } = [];

    private byte[] MrSigner { get; init; } = [];

    private uint IsvProdId { get; init; }

    public static bool TryParse(JsonElement value, [NotNullWhen(true)] out QeIdentity? identity, out Reason reason)
    {
        identity = null;
        reason = new Reason(ReasonCode.QeIdentityProfile, "not a TDX QE Identity of version 2");
        if (!value.TryText("id", out string? id) || id != "TD_QE"
            || !value.TryNumber("version", 2, out uint version) || version != 2
            || !value.TryNumber("tcbEvaluationDataNumber", int.MaxValue, out uint number)
            || !value.TryHex("miscselect", 4, out byte[] miscSelect)
            || !value.TryHex("miscselectMask", 4, out byte[] miscSelectMask)
            || !value.TryHex("attributes", 16, out byte[] attributes)
            || !value.TryHex("attributesMask", 16, out byte[] attributesMask)
            || !value.TryHex("mrsigner", 32, out byte[] signer)
            || !value.TryNumber("isvprodid", ushort.MaxValue, out uint product))
        {
            return false;
        }

        if (!TcbLevelReader.TryReadIsv(value, TcbStatuses.QuotingEnclave, refuseUnknown: true, out IsvLevel[] levels, out ReasonCode code))
        {
            code = code == ReasonCode.TcbInfoProfile ? ReasonCode.QeIdentityProfile : code;
            reason = new Reason(code, "the levels are not as they should be");
            return false;
        }

        identity = new QeIdentity
        {
            EvaluationNumber = number,
            Levels = levels,
            MiscSelect = miscSelect,
            MiscSelectMask = miscSelectMask,
            Attributes = attributes,
            AttributesMask = attributesMask,
            MrSigner = signer,
            IsvProdId = product,
        };
        reason = default;
        return true;
    }

    /// <summary>Step S12, but for the debug bit: the same enclave, whatever its version.</summary>
    public bool Names(SgxReportBody report) =>
        Masked(report.MiscSelect, MiscSelectMask, MiscSelect)
        && Masked(report.Attributes, AttributesMask, Attributes)
        && report.MrSigner.SequenceEqual(MrSigner)
        && report.IsvProdId == IsvProdId;

    private static bool Masked(ReadOnlySpan<byte> value, byte[] mask, byte[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if ((value[i] & mask[i]) != expected[i])
            {
                return false;
            }
        }

        return true;
    }
}
