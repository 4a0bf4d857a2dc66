using System.Globalization;

namespace CocoonP2P.Attestation;

/// <summary>The part of step S17 that looks at the trust domain itself: attributes, features, service TDs, module.</summary>
internal static class TdRules
{
    /// <summary>Adds what is wrong; true if a relaxation was needed.</summary>
    public static bool Check(TdReportBody body, PolicyRules rules, List<Reason> reasons)
    {
        bool bound = body.MrServiceTd.IndexOfAnyExcept((byte)0) >= 0;
        bool isNamed = bound && rules.MrServiceTds?.Contains(Convert.ToHexStringLower(body.MrServiceTd)) == true;
        if (bound && !isNamed)
        {
            reasons.Add(new Reason(ReasonCode.MrServiceTdNotAllowed, Convert.ToHexStringLower(body.MrServiceTd)));
        }

        bool relaxed = CheckAttributes(body.TdAttributes, rules, isNamed, reasons);
        ulong xfam = body.Xfam;
        if ((xfam & XfamBits.Fixed) != XfamBits.Fixed || (xfam & ~rules.XfamMask) != 0)
        {
            reasons.Add(new Reason(ReasonCode.XfamPolicy, Hex(xfam)));
        }

        if (rules.MrSeams?.Contains(Convert.ToHexStringLower(body.MrSeam)) == false || !Covers(body.TeeTcbSvn, rules.MinTeeTcbSvn))
        {
            reasons.Add(new Reason(ReasonCode.SeamPolicy, $"module {Convert.ToHexStringLower(body.MrSeam)}"));
        }

        if (body.VmId != 0)
        {
            reasons.Add(new Reason(ReasonCode.PartitionedTd, $"partition {body.VmId}"));
        }

        if (!body.KeepsItsServiceTd)
        {
            reasons.Add(new Reason(ReasonCode.MigratedTd, "its service TD at the start was another"));
        }

        return relaxed;
    }

    private static bool CheckAttributes(ulong attributes, PolicyRules rules, bool serviceTdIsNamed, List<Reason> reasons)
    {
        const ulong named = TdAttributeBits.Debug | TdAttributeBits.SeptVeDisable | TdAttributeBits.Migratable;
        if ((attributes & TdAttributeBits.Debug) != 0)
        {
            reasons.Add(new Reason(ReasonCode.TdDebug, "the host can read this trust domain's memory"));
        }

        if ((attributes & ~(named | TdAttributeBits.AllOptional)) != 0)
        {
            reasons.Add(new Reason(ReasonCode.TdAttributesReserved, Hex(attributes)));
        }

        bool keepsExceptions = (attributes & TdAttributeBits.SeptVeDisable) != 0;
        if (!keepsExceptions && rules.RequireSeptVeDisable)
        {
            reasons.Add(new Reason(ReasonCode.SeptVeDisableNotSet, Hex(attributes)));
        }

        if ((attributes & TdAttributeBits.Migratable) != 0 && !serviceTdIsNamed)
        {
            reasons.Add(new Reason(ReasonCode.TdMigratable, "and the policy names no service TD that may move it"));
        }

        if ((attributes & TdAttributeBits.AllOptional & ~rules.TdAttributes) != 0)
        {
            reasons.Add(new Reason(ReasonCode.TdAttributesPolicy, Hex(attributes)));
        }

        return !keepsExceptions || (attributes & TdAttributeBits.AllOptional & ~TdAttributeBits.Harmless) != 0;
    }

    private static bool Covers(ReadOnlySpan<byte> actual, byte[]? minimum)
    {
        for (int i = 0; i < (minimum?.Length ?? 0); i++)
        {
            if (actual[i] < minimum![i])
            {
                return false;
            }
        }

        return true;
    }

    private static string Hex(ulong bits) => bits.ToString("x16", CultureInfo.InvariantCulture);
}
