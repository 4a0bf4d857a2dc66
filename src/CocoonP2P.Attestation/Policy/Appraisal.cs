namespace CocoonP2P.Attestation;

/// <summary>One run of the steps S17 to S19. S17 collects everything that is wrong; the others end at the first.</summary>
internal sealed class Appraisal(AppraisalPolicy policy, VerificationResult result)
{
    private readonly List<Reason> reasons = [];
    private readonly PolicyRules rules = policy.Rules;
    private bool relaxed;

    public AttestationResult Run(ReportData expected, ReadOnlyMemory<byte> eventLog)
    {
        ReadOnlySpan<byte> data = expected.Bytes;
        reasons.AddRange(result.Reasons);
        CheckRoot();
        ReferenceValue? image = null;
        if (reasons.Count == 0)
        {
            CheckCollateral();
            CheckStatus();
            CheckPlatform(result.Claims!);
            relaxed |= TdRules.Check(result.Quote.Body, rules, reasons);
            image = FindImage(result.Quote.Body);
        }

        if (reasons.Count == 0 && !expected.Matches(result.Quote.Body.ReportData))
        {
            Add(ReasonCode.ReportDataMismatch, $"made for other data than these {data.Length} bytes");
        }

        if (reasons.Count == 0)
        {
            CheckLog(image!, eventLog.Span);
        }

        Tier tier = reasons.Count > 0 ? Tier.Contraindicated : relaxed ? Tier.Warning : Tier.Affirming;
        DateTimeOffset end = result.At + rules.ResultTtl;
        return new AttestationResult(result, tier, reasons)
        {
            ReferenceValue = tier == Tier.Contraindicated ? null : image?.Name,
            ValidUntil = tier == Tier.Contraindicated ? result.At : end < result.ValidUntil ? end : result.ValidUntil,
        };
    }

    /// <summary>The caller may have verified against a root that this policy does not hold.</summary>
    private void CheckRoot()
    {
        RootOfTrust root = result.Collateral.Root;
        foreach (RootOfTrust trusted in policy.Roots)
        {
            if (trusted.PublicKey.SequenceEqual(root.PublicKey))
            {
                return;
            }
        }

        Add(
            root.Kind == TeeKind.Simulated && policy is ProductionPolicy ? ReasonCode.SimulatedTeeNotAllowed : ReasonCode.UntrustedRoot,
            $"{root.Name} is not among the policy's roots");
    }

    private void CheckCollateral()
    {
        int number = result.Collateral.TcbEvaluationDataNumber;
        if (number < rules.MinTcbEvaluationDataNumber)
        {
            Add(ReasonCode.TcbEvaluationTooOld, $"{number}, minimum {rules.MinTcbEvaluationDataNumber}");
        }

        if (result.At > result.Collateral.Parts.NextUpdate + rules.CollateralGrace)
        {
            Add(ReasonCode.TcbInfoExpired, "past the next update of the collateral, and past the policy's grace");
        }

        relaxed |= result.UsedGrace;
    }

    private void CheckStatus()
    {
        TcbEvaluation launch = result.Launch!;
        RequireStatus(result.Status);
        RequireQe(launch.Qe);
        if (result.Current?.Status == TcbStatus.Revoked)
        {
            Add(ReasonCode.TcbRevoked, "by the current versions");
        }

        relaxed |= result.Status != TcbStatus.UpToDate;
        IEnumerable<string> advisories = launch.Advisories.Concat(result.Current?.Advisories ?? []);
        foreach (string advisory in advisories.Distinct().Intersect(rules.RejectedAdvisories ?? []))
        {
            Add(ReasonCode.TcbPolicyAdvisory, advisory);
        }

        DateTimeOffset date = result.Current is { } current && current.TcbDate < launch.TcbDate ? current.TcbDate : launch.TcbDate;
        if (date < rules.MinTcbDate)
        {
            Add(ReasonCode.TcbPolicyDate, $"of {date:u}, minimum {rules.MinTcbDate:u}");
        }
    }

    /// <summary>The enclave's two configuration statuses do not enter the whole: they count here.</summary>
    private void RequireQe(TcbStatus status)
    {
        if (status is TcbStatus.ConfigurationNeeded or TcbStatus.OutOfDateConfigurationNeeded)
        {
            RequireStatus(status);
            relaxed = true;
        }
    }

    private void RequireStatus(TcbStatus status)
    {
        if (!rules.TcbStatuses.Contains(status))
        {
            Add(ReasonCode.TcbPolicyStatus, status.ToString());
        }
    }

    private void CheckPlatform(PlatformClaims claims)
    {
        bool allowed = rules.AllowedPlatforms?.Contains(claims.PlatformId) != false
            && rules.DeniedPlatforms?.Contains(claims.PlatformId) != true
            && rules.AllowedFmspcs?.Contains(claims.Fmspc) != false
            && rules.SgxTypes?.Contains(claims.SgxType) != false
            && (rules.DynamicPlatform ?? claims.DynamicPlatform) == claims.DynamicPlatform
            && (rules.CachedKeys ?? claims.CachedKeys) == claims.CachedKeys
            && (rules.Smt ?? claims.SmtEnabled) == claims.SmtEnabled;
        if (!allowed)
        {
            Add(ReasonCode.TcbPolicyPlatform, $"platform {claims.PlatformId}, family {claims.Fmspc}");
        }
    }

    private ReferenceValue? FindImage(TdReportBody body)
    {
        ReferenceValue? image = rules.ReferenceValues.FirstOrDefault(one => one.Matches(body));
        if (image is null)
        {
            Add(ReasonCode.MeasurementMismatch, $"no image has MRTD {Convert.ToHexStringLower(body.MrTd)} and these registers");
        }

        return image;
    }

    /// <summary>Step S19: the log leads to the quote's registers, and the rule's registers hold listed events alone.</summary>
    private void CheckLog(ReferenceValue image, ReadOnlySpan<byte> eventLog)
    {
        if (!image.NeedsLog)
        {
            return;
        }

        if (!EventLog.TryParse(eventLog, out EventLog? log, out Reason reason))
        {
            reasons.Add(reason);
            return;
        }

        if (!log.LeadsTo(result.Quote.Body))
        {
            Add(ReasonCode.EventLogReplayMismatch, "the events lead to other registers");
            return;
        }

        for (int i = 0; i < image.Registers.Count; i++)
        {
            if (image.Registers[i].Events is { } listed
                && log.DigestsOf(i).FirstOrDefault(digest => !listed.Contains(Convert.ToHexStringLower(digest))) is { } other)
            {
                Add(ReasonCode.MeasurementMismatch, $"RTMR{i} holds {Convert.ToHexStringLower(other)}, which {image.Name} does not list");
            }
        }
    }

    private void Add(ReasonCode code, string detail) => reasons.Add(new Reason(code, detail));
}
