using System.Globalization;
using System.Text.Json;
using CocoonP2P.Attestation;

namespace CocoonP2P.Tests.Attestation;

/// <summary>Every genuine quote gets the verdict that Intel's library gives it, but for what that library lets pass.</summary>
public sealed class GenuineQuoteTests
{
    public static TheoryData<string> Verdicts =>
        [.. TdxVectors.Quotes.Where(quote => quote.GetProperty("verdicts")[0].GetProperty("collateral").ValueKind == JsonValueKind.String)
            .Select(quote => quote.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void A_genuine_quote_gets_the_expected_verdict(string name)
    {
        foreach (JsonElement verdict in TdxVectors.Named(name).GetProperty("verdicts").EnumerateArray())
        {
            VerificationResult result = Verify(name, verdict);
            string expected = verdict.GetProperty("result").GetString()!;
            string actual = result.IsGenuine ? result.Status.ToString() : result.Reasons[0].Code.ToString();
            Assert.Equal(expected == "TCB_NOT_SUPPORTED" ? nameof(ReasonCode.TcbNotSupported) : expected, actual);
            if (result.IsGenuine)
            {
                AssertDetails(verdict, result);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void A_second_after_its_collateral_ends_a_quote_is_no_longer_genuine(string name)
    {
        JsonElement verdict = TdxVectors.Named(name).GetProperty("verdicts")[0];
        string folder = verdict.GetProperty("collateral").GetString()!;
        VerifiedCollateral collateral = TdxVectors.Collateral(folder, Time(verdict.GetProperty("at")));
        DateTimeOffset late = collateral.ValidUntil.AddSeconds(1);
        VerificationResult result = new QuoteVerifier().Verify(TdxVectors.Quote(name), collateral, late);
        Assert.Contains(
            result.Reasons.Single().Code,
            new[] { ReasonCode.CrlExpired, ReasonCode.TcbInfoExpired, ReasonCode.QeIdentityExpired });
        Assert.False(TdxVectors.TryVerify(folder, late, out _, out Reason reason));
        Assert.Equal(result.Reasons[0].Code, reason.Code);
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void A_second_before_its_collateral_begins_a_quote_is_not_yet_genuine(string name)
    {
        JsonElement verdict = TdxVectors.Named(name).GetProperty("verdicts")[0];
        string folder = verdict.GetProperty("collateral").GetString()!;
        VerifiedCollateral collateral = TdxVectors.Collateral(folder, Time(verdict.GetProperty("at")));
        Assert.False(TdxVectors.TryVerify(folder, collateral.ValidFrom.AddSeconds(-1), out _, out Reason reason));
        Assert.Contains(
            reason.Code, new[] { ReasonCode.CrlNotYetValid, ReasonCode.TcbInfoNotYetValid, ReasonCode.QeIdentityNotYetValid });
    }

    [Fact]
    public void A_quote_under_the_pre_production_root_is_refused_by_its_root()
    {
        Assert.False(QuoteVerifier.TryFindRoot(
            TdxVectors.Quote("trustee-v4-sbx-root"), [IntelRoot.Production], out _, out _, out Reason reason));
        Assert.Equal(ReasonCode.UntrustedRoot, reason.Code);
    }

    [Fact]
    public void An_SGX_quote_is_refused()
    {
        Assert.False(TdxQuote.TryParse(TdxVectors.Read("quotes/sgx-v3-wrong-tee.dat"), out _, out Reason reason));
        Assert.Equal(ReasonCode.UnsupportedVersion, reason.Code);
    }

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Fields_read_as_expected(string name)
    {
        JsonElement expected = TdxVectors.Named(name);
        TdxQuote quote = TdxVectors.Quote(name);
        Assert.Equal(expected.GetProperty("version").GetInt32(), quote.Version);
        Assert.Equal(expected.GetProperty("bytes").GetInt32() - expected.GetProperty("trailing").GetInt32(), quote.CanonicalBytes.Length);
        Assert.Equal(expected.GetProperty("teeTcbSvn").GetString(), Convert.ToHexStringLower(quote.Body.TeeTcbSvn));
        Assert.Equal(expected.GetProperty("teeTcbSvn2").GetString() ?? "", Convert.ToHexStringLower(quote.Body.TeeTcbSvn2));
        Assert.Equal(expected.GetProperty("mrTd").GetString(), Convert.ToHexStringLower(quote.Body.MrTd));
        Assert.Equal(expected.GetProperty("qeSvn").GetInt32(), quote.QeReport.IsvSvn);
        Assert.True(QuoteVerifier.TryFindRoot(quote, [IntelRoot.Production], out _, out string? fmspc, out _));
        Assert.Equal(expected.GetProperty("fmspc").GetString(), fmspc, ignoreCase: true);
    }

    private static VerificationResult Verify(string name, JsonElement verdict)
    {
        DateTimeOffset at = Time(verdict.GetProperty("at"));
        VerifiedCollateral collateral = TdxVectors.Collateral(verdict.GetProperty("collateral").GetString()!, at);
        var verifier = new QuoteVerifier();
        VerificationResult cold = verifier.Verify(TdxVectors.Quote(name), collateral, at);
        VerificationResult warm = verifier.Verify(TdxVectors.Quote(name), collateral, at);
        Assert.Equal(cold.Reasons, warm.Reasons);
        Assert.Equal(cold.Status, warm.Status);
        return cold;
    }

    private static void AssertDetails(JsonElement verdict, VerificationResult result)
    {
        JsonElement parts = verdict.GetProperty("parts");
        Assert.Equal(parts.GetProperty("platform").GetString(), result.Launch!.Platform.ToString());
        Assert.Equal(parts.GetProperty("module").GetString(), result.Launch.Module?.ToString());
        Assert.Equal(parts.GetProperty("qe").GetString(), result.Launch.Qe.ToString());
        Assert.Equal(verdict.GetProperty("current").GetString(), result.Current?.Status.ToString());
        Assert.Equal(Time(verdict.GetProperty("tcbDate")), result.Launch.TcbDate);
        Assert.Equal(verdict.GetProperty("advisories").EnumerateArray().Select(one => one.GetString()!), result.Launch.Advisories);
    }

    private static DateTimeOffset Time(JsonElement text) => DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
