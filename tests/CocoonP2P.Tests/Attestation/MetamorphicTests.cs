using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;

namespace CocoonP2P.Tests.Attestation;

/// <summary>What may change without changing the verdict, and what counts as the same quote.</summary>
public sealed class MetamorphicTests
{
    [Fact]
    public void Padding_is_no_part_of_a_quote()
    {
        SimulatedEvidence evidence = SimulatedWorld.Tee.Evidence(SimulatedWorld.Td, "platform", SimulatedWorld.Now, null);
        byte[] bytes = SimulatedWorld.QuoteOf(evidence);
        Assert.True(TdxQuote.TryParse(bytes, out TdxQuote? plain, out _));
        Assert.True(TdxQuote.TryParse([.. bytes, .. new byte[3065]], out TdxQuote? padded, out _));
        Assert.True(TdxQuote.TryParse([.. bytes, 1, 2, 3], out TdxQuote? dirty, out _));
        Assert.Equal(plain.CanonicalBytes.ToArray(), padded.CanonicalBytes.ToArray());
        Assert.Equal(plain.CanonicalBytes.ToArray(), dirty.CanonicalBytes.ToArray());
        Assert.Equal(bytes, plain.CanonicalBytes.ToArray());
    }

    [Fact]
    public void The_order_of_levels_changes_no_verdict() => AssertAffirmed(evidence =>
    {
        string text = evidence.TcbInfo.Text;
        int at = text.LastIndexOf("\"tcbLevels\":[", StringComparison.Ordinal);
        string[] levels =
        [
            SimulatedDocuments.Level(1, "Revoked", ""),
            SimulatedDocuments.Level(4, "OutOfDate", ""),
            SimulatedDocuments.Level(5, "UpToDate", ""),
        ];
        evidence.TcbInfo.Text = text[..at] + "\"tcbLevels\":[" + string.Join(',', levels) + "]}";
    });

    [Fact]
    public void The_case_of_hexadecimal_changes_no_verdict() => AssertAffirmed(evidence =>
    {
        evidence.TcbInfo.Replace(SimulatedDocuments.Fmspc, SimulatedDocuments.Fmspc.ToUpperInvariant());
        evidence.TcbInfo.Replace("TDX_01", "tdx_01");
    });

    [Fact]
    public void The_width_of_PEM_changes_no_verdict() => AssertAffirmed(evidence =>
        evidence.AfterPem = pem => pem.Replace("\n", "\r\n", StringComparison.Ordinal) + "\0");

    [Fact]
    public void A_module_of_unknown_status_is_passed_over_for_the_next_level()
    {
        var fault = new SimulatedFault("x", ReasonCode.None, evidence => evidence.TcbInfo.Replace("\"UpToDate\"", "\"Fine\""));
        VerificationResult result = SimulatedWorld.Judge(fault).Verification!;
        Assert.Equal(TcbStatus.OutOfDate, result.Launch!.Module);
    }

    [Fact]
    public void A_module_version_below_the_platforms_first_component_matches_from_the_third_on()
    {
        var fault = new SimulatedFault("x", ReasonCode.None, evidence =>
        {
            evidence.TcbInfo.Replace("\"isvsvn\":5", "\"isvsvn\":3,\"x\":0");
            evidence.TcbInfo.Replace("\"isvsvn\":3}", "\"isvsvn\":2}");
            evidence.Quote.Body[0] = evidence.Quote.Body[584] = 3;
        });
        Assert.Equal(Tier.Affirming, SimulatedWorld.Judge(fault).Tier);
    }

    [Fact]
    public void A_flip_of_any_signed_bit_is_refused()
    {
        SimulatedEvidence evidence = SimulatedWorld.Tee.Evidence(SimulatedWorld.Td, "platform", SimulatedWorld.Now, null);
        byte[] quote = SimulatedWorld.QuoteOf(evidence);
        Assert.True(VerifiedCollateral.TryVerify(
            evidence.EncodeCollateral(), SimulatedWorld.Tee.Root, SimulatedWorld.Policy.Collateral, new MemoryMonotonicStore(),
            SimulatedWorld.Now, out VerifiedCollateral? collateral, out _));
        var verifier = new QuoteVerifier();
        Assert.True(QuoteParser.TryLocate(quote, out QuoteParts parts, out _));
        for (int bit = 0; bit < 8 * parts.BodyEnd; bit += 5)
        {
            quote[bit / 8] ^= (byte)(1 << (bit % 8));
            bool accepted = TdxQuote.TryParse(quote, out TdxQuote? parsed, out _)
                && verifier.Verify(parsed, collateral, SimulatedWorld.Now).IsGenuine;
            Assert.False(accepted, $"bit {bit}");
            quote[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static void AssertAffirmed(Action<SimulatedEvidence> change)
    {
        AttestationResult result = SimulatedWorld.Judge(new SimulatedFault("change", ReasonCode.None, change));
        Assert.Empty(result.Reasons);
        Assert.Equal(Tier.Affirming, result.Tier);
    }
}
