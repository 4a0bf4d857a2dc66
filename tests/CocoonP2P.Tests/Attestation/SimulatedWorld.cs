using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;

namespace CocoonP2P.Tests.Attestation;

/// <summary>A simulated network's TEE, image and policy, and one way through the verifier.</summary>
internal static class SimulatedWorld
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public static SimulatedTee Tee { get; } = new("the seed of the tests"u8);

    public static SimulatedTd Td { get; } = new("image");

    public static ReportData Data { get; } = new([.. Enumerable.Range(0, 64).Select(i => (byte)i)]);

    public static SimulatedPolicy Policy { get; } = new("tests", Tee.Root, [Td.ReferenceValue]);

    /// <summary>Makes evidence with a fault and judges it: the first reason, or None.</summary>
    public static AttestationResult Judge(
        SimulatedFault? fault = null, SimulatedTd? td = null, AppraisalPolicy? policy = null, DateTimeOffset? at = null, ReportData? expected = null)
    {
        SimulatedEvidence evidence = Tee.Evidence(td ?? Td, "platform", Now, fault);
        byte[] quote = QuoteOf(evidence);
        return Judge(quote, evidence.EncodeCollateral(), policy ?? Policy, at ?? Now, expected ?? Data);
    }

    public static byte[] QuoteOf(SimulatedEvidence evidence) => new SimulatedQuoteProvider(evidence).MakeQuote(Data);

    public static AttestationResult Judge(
        byte[] quote, CollateralBundle bundle, AppraisalPolicy policy, DateTimeOffset at, ReportData expected, IMonotonicStore? floors = null)
    {
        if (!TdxQuote.TryParse(quote, out TdxQuote? parsed, out Reason reason)
            || !QuoteVerifier.TryFindRoot(parsed, policy.Roots, out RootOfTrust? root, out _, out reason)
            || !VerifiedCollateral.TryVerify(
                bundle, root, policy.Collateral, floors ?? new MemoryMonotonicStore(), at, out VerifiedCollateral? collateral, out reason))
        {
            return AttestationResult.Refused(reason);
        }

        return policy.Appraise(new QuoteVerifier().Verify(parsed, collateral, at), expected);
    }
}
