using System.Security.Cryptography;
using System.Text;
using CocoonP2P.Attestation;

namespace CocoonP2P.Tests.Attestation;

public sealed class PolicyLoadTests
{
    [Fact]
    public void A_policy_written_out_in_full_loads_to_the_same_policy()
    {
        AppraisalPolicy policy = PolicyText.Load(PolicyText.Simulated(
            "\"smt\":true", "\"deniedPlatforms\":[\"" + new string('a', 64) + "\"]", "\"minTcbDate\":\"2025-01-01T00:00:00Z\""));
        AppraisalPolicy again = PolicyText.Load(Encoding.UTF8.GetString(policy.CanonicalJson.Span));
        Assert.Equal(policy.Hash, again.Hash);
        Assert.Equal(policy.CanonicalJson.ToArray(), again.CanonicalJson.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(policy.CanonicalJson.Span)), policy.Hash);
    }

    [Fact]
    public void Stating_a_default_or_ordering_a_set_changes_no_hash()
    {
        string plain = PolicyText.Load(PolicyText.Simulated("\"tcbStatuses\":[\"UpToDate\",\"OutOfDate\"]")).Hash;
        Assert.Equal(plain, PolicyText.Load(PolicyText.Simulated(
            "\"tcbStatuses\":[\"OutOfDate\",\"UpToDate\"]", "\"septVeDisable\":\"required\"", "\"smt\":null")).Hash);
        Assert.NotEqual(plain, PolicyText.Load(PolicyText.Simulated()).Hash);
    }

    [Fact]
    public void A_policy_made_in_code_is_the_one_that_its_text_loads_to() =>
        Assert.Equal(SimulatedWorld.Policy.Hash, PolicyText.Load(PolicyText.Simulated()).Hash);

    [Fact]
    public void A_production_policy_trusts_the_production_root_alone()
    {
        AppraisalPolicy policy = PolicyText.Load(PolicyText.Production("\"type\":absent"));
        Assert.IsType<ProductionPolicy>(policy);
        Assert.Equal([IntelRoot.Production], policy.Roots);
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{}""")]
    [InlineData("""{"name":"a","name":"b"}""")]
    [InlineData("not json")]
    public void What_is_no_policy_does_not_load(string json) => AssertInvalid(json);

    [Theory]
    [InlineData("\"referenceValues\":[]")]
    [InlineData("\"referenceValues\":absent")]
    [InlineData("\"referenceValues\":[1]")]
    [InlineData("\"referenceValues\":[{\"name\":\"x\"}]")]
    [InlineData("\"allowedPlatforms\":[]")]
    [InlineData("\"allowedFmspcs\":[]")]
    [InlineData("\"sgxTypes\":[]")]
    [InlineData("\"sgxTypes\":[3]")]
    [InlineData("\"mrSeams\":[]")]
    [InlineData("\"mrServiceTds\":[]")]
    [InlineData("\"roots\":[]")]
    [InlineData("\"roots\":absent")]
    [InlineData("\"roots\":[\"00\"]")]
    [InlineData("\"tcbStatuses\":[]")]
    [InlineData("\"tcbStatuses\":[\"OutOfDate\"]")]
    [InlineData("\"tcbStatuses\":[\"UpToDate\",\"Revoked\"]")]
    [InlineData("\"tcbStatuses\":[\"UpToDate\",\"Fine\"]")]
    [InlineData("\"minTcbEvaluationDataNumber\":absent")]
    [InlineData("\"minTcbEvaluationDataNumber\":-1")]
    [InlineData("\"minTcbEvaluationDataNumber\":1.5")]
    [InlineData("\"collateralGraceSeconds\":604801")]
    [InlineData("\"resultTtlSeconds\":0")]
    [InlineData("\"maxSessionsPerPlatform\":0")]
    [InlineData("\"tdAttributes\":[\"DEBUG\"]")]
    [InlineData("\"septVeDisable\":\"no\"")]
    [InlineData("\"xfamMask\":\"0000000000000000\"")]
    [InlineData("\"xfamMask\":\"ffffffffffffffff\"")]
    [InlineData("\"minTcbDate\":\"yesterday\"")]
    [InlineData("\"smt\":1")]
    [InlineData("\"type\":\"test\"")]
    [InlineData("\"name\":absent")]
    [InlineData("\"name\":\"\\ud800\"")]
    [InlineData("\"minTcbStatus\":\"UpToDate\"")]
    public void A_policy_that_denies_all_or_knows_what_does_not_exist_does_not_load(string rule) =>
        AssertInvalid(PolicyText.Simulated(rule));

    [Fact]
    public void A_production_policy_cannot_hold_a_simulated_root()
    {
        string key = Convert.ToHexStringLower(SimulatedWorld.Tee.Root.PublicKey);
        AssertInvalid(PolicyText.Production($"\"roots\":[\"intel\",\"{key}\"]"));
        AssertInvalid(PolicyText.Production($"\"roots\":[\"{key}\"]"));
        AssertInvalid(PolicyText.Simulated($"\"roots\":[\"{key}\",\"intel\"]"));
    }

    [Fact]
    public void A_platform_cannot_be_allowed_and_denied()
    {
        string platform = new('a', 64);
        AssertInvalid(PolicyText.Simulated($"\"allowedPlatforms\":[\"{platform}\"]", $"\"deniedPlatforms\":[\"{platform}\"]"));
    }

    [Fact]
    public void Canonical_text_escapes_as_RFC_8785_does()
    {
        byte[] written = CanonicalJson.Write(
            new Dictionary<string, object?> { ["b"] = "\u0001\"\\\n\u20ac/", ["a"] = new object?[] { 1, true, null } });
        Assert.Equal("{\"a\":[1,true,null],\"b\":\"\\u0001\\\"\\\\\\n\u20ac/\"}", Encoding.UTF8.GetString(written));
    }

    private static void AssertInvalid(string json)
    {
        Assert.False(AppraisalPolicy.TryLoad(Encoding.UTF8.GetBytes(json), out _, out Reason reason));
        Assert.Equal(ReasonCode.PolicyInvalid, reason.Code);
    }
}
