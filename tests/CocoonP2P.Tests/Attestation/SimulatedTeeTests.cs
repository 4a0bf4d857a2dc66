using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Attestation;

public sealed class SimulatedTeeTests
{
    public static TheoryData<SimulatedQuoteFormat> Formats => [.. Enum.GetValues<SimulatedQuoteFormat>()];

    public static TheoryData<string> Faults => [.. SimulatedFault.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_real_verifier_affirms_simulated_evidence_of_every_format(SimulatedQuoteFormat format)
    {
        AttestationResult result = SimulatedWorld.Judge(td: new SimulatedTd("image") { Format = format });
        Assert.Empty(result.Reasons);
        Assert.Equal(Tier.Affirming, result.Tier);
        Assert.True(result.IsSimulated);
        Assert.Equal("image", result.ReferenceValue);
        Assert.Equal(SimulatedWorld.Now.AddHours(24), result.ValidUntil);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_is_refused_for_its_reason(string name)
    {
        var fault = SimulatedFault.Named(name);
        AttestationResult result = SimulatedWorld.Judge(fault);
        Assert.NotEmpty(result.Reasons);
        Assert.Equal(fault.Expected, result.Reasons[0].Code);
        Assert.Equal(Tier.Contraindicated, result.Tier);
    }

    [Fact]
    public void Two_nodes_with_one_seed_are_of_one_world()
    {
        var other = new SimulatedTee("the seed of the tests"u8);
        Assert.Equal(SimulatedWorld.Tee.Root.PublicKey.ToArray(), other.Root.PublicKey.ToArray());
        Assert.NotEqual(other.Root.PublicKey.ToArray(), new SimulatedTee("the seed of others"u8).Root.PublicKey.ToArray());
    }

    [Fact]
    public async Task Evidence_goes_from_provider_to_verdict()
    {
        var clock = new FakeTimeProvider(SimulatedWorld.Now);
        var floors = new MemoryMonotonicStore();
        var appraiser = new EvidenceAppraiser(
            SimulatedWorld.Policy, SimulatedWorld.Tee.CreateCollateralSource(clock), floors, new FlooredTime(clock, floors, default));
        IQuoteProvider provider = SimulatedWorld.Tee.CreateProvider(SimulatedWorld.Td);
        CancellationToken stop = TestContext.Current.CancellationToken;
        for (int day = 0; day < 60; day += 20)
        {
            TdxQuote quote = await provider.GetQuoteAsync(SimulatedWorld.Data, stop);
            AttestationResult result = await appraiser.AppraiseAsync(quote.CanonicalBytes, SimulatedWorld.Data, default, stop);
            Assert.Equal(Tier.Affirming, result.Tier);
            clock.Advance(TimeSpan.FromDays(20));
        }
    }
}
