namespace CocoonP2P.Attestation;

/// <summary>A list that allows nothing, or rules that exclude each other, are a mistake and not a wish.</summary>
internal static class PolicySense
{
    public static void Check(PolicyRules rules, PolicyProblem problem)
    {
        if (!rules.TcbStatuses.Contains(TcbStatus.UpToDate))
        {
            problem.Note(PolicyNames.TcbStatuses, "must contain UpToDate");
        }

        if ((rules.XfamMask & XfamBits.Fixed) != XfamBits.Fixed || (rules.XfamMask & ~XfamBits.Known) != 0)
        {
            problem.Note(PolicyNames.XfamMask, "must keep bits 0 and 1, and no bit that does not exist");
        }

        if (rules.AllowedPlatforms?.Intersect(rules.DeniedPlatforms ?? []).Any() == true)
        {
            problem.Note(PolicyNames.DeniedPlatforms, "denies a platform that is allowed");
        }

        DenyEmpty(PolicyNames.ReferenceValues, rules.ReferenceValues.Count, problem);
        DenyEmpty(PolicyNames.AllowedPlatforms, rules.AllowedPlatforms?.Count, problem);
        DenyEmpty(PolicyNames.AllowedFmspcs, rules.AllowedFmspcs?.Count, problem);
        DenyEmpty(PolicyNames.SgxTypes, rules.SgxTypes?.Count, problem);
        DenyEmpty(PolicyNames.MrServiceTds, rules.MrServiceTds?.Count, problem);
        DenyEmpty(PolicyNames.MrSeams, rules.MrSeams?.Count, problem);
        DenyEmpty(PolicyNames.MaxSessionsPerPlatform, rules.MaxSessionsPerPlatform, problem);
        DenyEmpty(PolicyNames.ResultTtl, (int)rules.ResultTtl.TotalSeconds, problem);
    }

    private static void DenyEmpty(string name, int? count, PolicyProblem problem)
    {
        if (count == 0)
        {
            problem.Note(name, "allows nothing");
        }
    }
}
