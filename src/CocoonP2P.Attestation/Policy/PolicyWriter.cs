using System.Globalization;

namespace CocoonP2P.Attestation;

/// <summary>Writes every rule of a policy with its value. Lists that are sets are sorted, so that order changes no hash.</summary>
internal static class PolicyWriter
{
    public static byte[] Write(PolicyRules rules, string type, IReadOnlyList<string> roots) => CanonicalJson.Write(
        new Dictionary<string, object?>
        {
            [PolicyNames.Name] = rules.Name,
            [PolicyNames.Type] = type,
            [PolicyNames.Roots] = Set(roots),
            [PolicyNames.TcbStatuses] = Set(rules.TcbStatuses.Select(status => status.ToString())),
            [PolicyNames.Update] = rules.Early ? PolicyNames.Early : PolicyNames.Standard,
            [PolicyNames.MinTcbEvaluationDataNumber] = rules.MinTcbEvaluationDataNumber,
            [PolicyNames.MinTcbDate] = rules.MinTcbDate is { } date ? JsonFields.FormatTime(date) : null,
            [PolicyNames.ResultTtl] = (int)rules.ResultTtl.TotalSeconds,
            [PolicyNames.CollateralGrace] = (int)rules.CollateralGrace.TotalSeconds,
            [PolicyNames.RejectedAdvisories] = Set(rules.RejectedAdvisories),
            [PolicyNames.AllowedPlatforms] = Set(rules.AllowedPlatforms),
            [PolicyNames.DeniedPlatforms] = Set(rules.DeniedPlatforms),
            [PolicyNames.AllowedFmspcs] = Set(rules.AllowedFmspcs),
            [PolicyNames.MaxSessionsPerPlatform] = rules.MaxSessionsPerPlatform,
            [PolicyNames.SgxTypes] = rules.SgxTypes?.Distinct().Order().Cast<object?>().ToArray(),
            [PolicyNames.DynamicPlatform] = rules.DynamicPlatform,
            [PolicyNames.CachedKeys] = rules.CachedKeys,
            [PolicyNames.Smt] = rules.Smt,
            [PolicyNames.SeptVeDisable] = rules.RequireSeptVeDisable ? PolicyNames.Required : PolicyNames.Either,
            [PolicyNames.TdAttributes] = Set(TdAttributeBits.Optional.Where(bit => (rules.TdAttributes & bit.Value) != 0).Select(bit => bit.Key)),
            [PolicyNames.XfamMask] = rules.XfamMask.ToString("x16", CultureInfo.InvariantCulture),
            [PolicyNames.MrServiceTds] = Set(rules.MrServiceTds),
            [PolicyNames.MrSeams] = Set(rules.MrSeams),
            [PolicyNames.MinTeeTcbSvn] = rules.MinTeeTcbSvn is { } svn ? Convert.ToHexStringLower(svn) : null,
            [PolicyNames.ReferenceValues] = rules.ReferenceValues.Select(Write).ToArray(),
        });

    private static Dictionary<string, object?> Write(ReferenceValue value)
    {
        var members = new Dictionary<string, object?>
        {
            [PolicyNames.Name] = value.Name,
            [PolicyNames.MrTd] = Convert.ToHexStringLower(value.MrTd),
            [PolicyNames.MrConfigId] = Convert.ToHexStringLower(value.MrConfigId),
            [PolicyNames.MrOwner] = Convert.ToHexStringLower(value.MrOwner),
            [PolicyNames.MrOwnerConfig] = Convert.ToHexStringLower(value.MrOwnerConfig),
        };
        for (int i = 0; i < value.Registers.Count; i++)
        {
            RegisterRule rule = value.Registers[i];
            members[PolicyNames.Rtmr(i)] = rule.Exact is { } exact
                ? Convert.ToHexStringLower(exact)
                : new Dictionary<string, object?> { [PolicyNames.Events] = Set(rule.Events) };
        }

        return members;
    }

    private static string[]? Set(IEnumerable<string>? values) => values is null ? null : [.. values.Distinct().Order(StringComparer.Ordinal)];
}
