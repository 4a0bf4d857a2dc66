using System.Buffers.Binary;
using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;

namespace CocoonP2P.Tests.Attestation;

/// <summary>Group G where a rule of the policy, and not of the quote alone, decides.</summary>
public sealed class AppraisalTests
{
    private static readonly string PlatformId = SimulatedWorld.Judge().Verification!.Claims!.PlatformId;

    [Fact]
    public void A_quote_made_for_other_data_is_refused()
    {
        AttestationResult result = SimulatedWorld.Judge(expected: new ReportData(new byte[64]));
        Assert.Equal(ReasonCode.ReportDataMismatch, Assert.Single(result.Reasons).Code);
    }

    [Fact]
    public void Report_data_that_was_never_set_throws()
    {
        AttestationResult judged = SimulatedWorld.Judge();
        Assert.Throws<InvalidOperationException>(() => SimulatedWorld.Policy.Appraise(judged.Verification!, default));
        Assert.Throws<ArgumentException>(() => new ReportData(default));
        Assert.Throws<ArgumentException>(() => new ReportData(new byte[63]));
    }

    [Fact]
    public void A_production_policy_refuses_simulated_evidence_by_its_name()
    {
        AppraisalPolicy production = PolicyText.Load(PolicyText.Production());
        Assert.Equal(ReasonCode.SimulatedTeeNotAllowed, Code(SimulatedWorld.Judge(policy: production)));
        AttestationResult verified = SimulatedWorld.Judge();
        Assert.Equal(ReasonCode.SimulatedTeeNotAllowed, Code(production.Appraise(verified.Verification!, SimulatedWorld.Data)));
    }

    [Fact]
    public void A_policy_of_another_simulated_network_refuses_the_root()
    {
        var other = new SimulatedPolicy("other", new SimulatedTee("the seed of others"u8).Root, [SimulatedWorld.Td.ReferenceValue]);
        Assert.Equal(ReasonCode.UntrustedRoot, Code(SimulatedWorld.Judge(policy: other)));
        Assert.Equal(ReasonCode.UntrustedRoot, Code(other.Appraise(SimulatedWorld.Judge().Verification!, SimulatedWorld.Data)));
    }

    [Theory]
    [InlineData("\"minTcbEvaluationDataNumber\":2", ReasonCode.TcbEvaluationTooOld)]
    [InlineData("\"minTcbDate\":\"2025-04-02T00:00:00Z\"", ReasonCode.TcbPolicyDate)]
    [InlineData("\"allowedFmspcs\":[\"000000000000\"]", ReasonCode.TcbPolicyPlatform)]
    [InlineData("\"allowedPlatforms\":[\"0000000000000000000000000000000000000000000000000000000000000000\"]", ReasonCode.TcbPolicyPlatform)]
    [InlineData("\"sgxTypes\":[0,2]", ReasonCode.TcbPolicyPlatform)]
    [InlineData("\"smt\":false", ReasonCode.TcbPolicyPlatform)]
    [InlineData("\"dynamicPlatform\":true", ReasonCode.TcbPolicyPlatform)]
    [InlineData("\"cachedKeys\":true", ReasonCode.TcbPolicyPlatform)]
    [InlineData("\"minTeeTcbSvn\":\"06010500000000000000000000000000\"", ReasonCode.SeamPolicy)]
    [InlineData("\"xfamMask\":\"0000000000000003\"", ReasonCode.XfamPolicy)]
    public void A_rule_that_is_not_met_refuses(string rule, ReasonCode expected) =>
        Assert.Equal(expected, Code(SimulatedWorld.Judge(policy: PolicyText.Load(PolicyText.Simulated(rule)))));

    [Fact]
    public void A_denied_platform_is_refused_and_an_allowed_one_is_not()
    {
        Assert.Equal(ReasonCode.TcbPolicyPlatform, Code(Judge(null, $"\"deniedPlatforms\":[\"{PlatformId}\"]")));
        Assert.Equal(Tier.Affirming, Judge(null, $"\"allowedPlatforms\":[\"{PlatformId}\"]").Tier);
    }

    [Fact]
    public void Another_module_than_those_listed_is_refused() =>
        Assert.Equal(ReasonCode.SeamPolicy, Code(Judge(null, $"\"mrSeams\":[\"{new string('0', 96)}\"]")));

    [Theory]
    [InlineData("out-of-date", "\"tcbStatuses\":[\"UpToDate\",\"OutOfDate\"]")]
    [InlineData("qe-out-of-date", "\"tcbStatuses\":[\"UpToDate\",\"OutOfDate\"]")]
    [InlineData("relaunch-advised", "\"tcbStatuses\":[\"UpToDate\",\"TDRelaunchAdvised\"]")]
    [InlineData("sept-ve-enabled", "\"septVeDisable\":\"either\"")]
    [InlineData("attribute-perfmon", "\"tdAttributes\":[\"PERFMON\"]")]
    public void A_named_relaxation_is_accepted_with_a_warning(string fault, string rule)
    {
        AttestationResult result = Judge(SimulatedFault.Named(fault), rule);
        Assert.Empty(result.Reasons);
        Assert.Equal(Tier.Warning, result.Tier);
    }

    [Fact]
    public void A_rejected_advisory_refuses_an_accepted_status() =>
        Assert.Equal(ReasonCode.TcbPolicyAdvisory, Code(Judge(
            SimulatedFault.Named("out-of-date"),
            "\"tcbStatuses\":[\"UpToDate\",\"OutOfDate\"]",
            "\"rejectedAdvisories\":[\"SIM-SA-00001\"]")));

    [Fact]
    public void A_listed_service_TD_may_be_bound_and_may_migrate()
    {
        SimulatedFault bound = Body("service-td", body => body[600] = 1);
        SimulatedFault migratable = Body("service-td", body =>
        {
            body[600] = 1;
            body[123] |= 0x20;
        });
        string listed = $"\"mrServiceTds\":[\"01{new string('0', 94)}\"]";
        Assert.Equal(Tier.Affirming, Judge(bound, listed).Tier);
        Assert.Equal(Tier.Affirming, Judge(migratable, listed).Tier);
        Assert.Equal(ReasonCode.MrServiceTdNotAllowed, Code(Judge(bound)));
    }

    [Fact]
    public void A_partition_is_refused_and_a_migrated_domain_is_refused()
    {
        var extended = new SimulatedTd("image") { Format = SimulatedQuoteFormat.Version5Td15Ex };
        Assert.Equal(ReasonCode.PartitionedTd, Code(SimulatedWorld.Judge(Body("partition", body => body[648] = 1), extended)));
        Assert.Equal(ReasonCode.MigratedTd, Code(SimulatedWorld.Judge(Body("migrated", body => body[729] = 1), extended)));
        Assert.Equal(ReasonCode.MigratedTd, Code(SimulatedWorld.Judge(Body("migrated", body => body[877] = 1), extended)));
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_trust_domain_is_reported()
    {
        AttestationResult result = SimulatedWorld.Judge(Body("all", body =>
        {
            BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(120), (1UL << 63) | (1UL << 29) | 3);
            body[128] = 0;
            body[136] ^= 1;
        }));
        Assert.Equal(
            [
                ReasonCode.TdDebug, ReasonCode.TdAttributesReserved, ReasonCode.SeptVeDisableNotSet, ReasonCode.TdMigratable,
                ReasonCode.TdAttributesPolicy, ReasonCode.XfamPolicy, ReasonCode.MeasurementMismatch,
            ],
            result.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void Collateral_in_its_grace_is_accepted_with_a_warning()
    {
        DateTimeOffset late = SimulatedWorld.Now.AddDays(30);
        Assert.Equal(ReasonCode.CrlExpired, Code(SimulatedWorld.Judge(at: late)));
        AppraisalPolicy grace = PolicyText.Load(PolicyText.Simulated("\"collateralGraceSeconds\":604800"));
        AttestationResult result = SimulatedWorld.Judge(policy: grace, at: late);
        Assert.Equal(Tier.Warning, result.Tier);
        Assert.Equal(ReasonCode.TcbInfoExpired, Code(SimulatedWorld.Policy.Appraise(result.Verification!, SimulatedWorld.Data)));
        Assert.Equal(ReasonCode.CrlExpired, Code(SimulatedWorld.Judge(policy: grace, at: late.AddDays(7))));
    }

    [Theory]
    [InlineData("azure-v4-septve0", ReasonCode.SeptVeDisableNotSet)]
    [InlineData("google-spr-e4-v4-trailing", ReasonCode.SeptVeDisableNotSet)]
    [InlineData("trustee-v4-sbx-root", ReasonCode.SeptVeDisableNotSet)]
    [InlineData("alibaba-v5-servicetd-a", ReasonCode.MrServiceTdNotAllowed)]
    [InlineData("automata-v4-perfmon", ReasonCode.TdAttributesPolicy)]
    [InlineData("phala-v4-b0c06f", ReasonCode.None)]
    [InlineData("google-v5-90c06f", ReasonCode.None)]
    [InlineData("dstack-gcp-v4-a", ReasonCode.None)]
    public void The_strict_rules_find_in_a_genuine_domain_what_is_there(string name, ReasonCode expected)
    {
        var reasons = new List<Reason>();
        TdRules.Check(TdxVectors.Quote(name).Body, SimulatedWorld.Policy.Rules, reasons);
        Assert.Equal(expected, reasons.SingleOrDefault().Code);
    }

    private static AttestationResult Judge(SimulatedFault? fault, params string[] rules) =>
        SimulatedWorld.Judge(fault, policy: PolicyText.Load(PolicyText.Simulated(rules)));

    private static SimulatedFault Body(string name, Action<byte[]> edit) =>
        new(name, ReasonCode.None, evidence => edit(evidence.Quote.Body));

    private static ReasonCode Code(AttestationResult result) => result.Reasons.Count == 0 ? ReasonCode.None : result.Reasons[0].Code;
}
