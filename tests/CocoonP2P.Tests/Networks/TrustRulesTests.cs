using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Networks;
using CocoonP2P.Node.Networks;

namespace CocoonP2P.Tests.Networks;

/// <summary>What a node trusts, by its network and its options alone.</summary>
public sealed class TrustRulesTests : IDisposable
{
    private static readonly NetworkManifest Testnet = new()
    {
        Name = "testnet",
        GlobalId = -3,
        Measurements = [LocalNetwork.Measurement],
        Collateral = ["https://collateral.example"],
        MinTcbEvaluation = 17,
    };

    private static readonly NetworkManifest Local = Testnet with { Name = "local", Genesis = new byte[32] };

    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public void A_production_network_has_the_strict_policy_of_its_manifest_under_Intels_root()
    {
        NetworkTrust trust = Choose(Testnet, new CocoonOptions());
        ProductionPolicy policy = Assert.IsType<ProductionPolicy>(trust.Policy);
        Assert.Equal(17, policy.Collateral.MinTcbEvaluationDataNumber);
        Assert.Contains(Convert.ToHexStringLower(LocalNetwork.Measurement.MrTd), System.Text.Encoding.UTF8.GetString(policy.CanonicalJson.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_network_has_the_root_that_follows_from_its_genesis() =>
        Assert.IsType<SimulatedPolicy>(Choose(Local, new CocoonOptions { Trust = SimulatedTee.Trust }).Policy);

    [Fact]
    public void Simulated_trust_on_any_other_network_is_refused() =>
        Refused(Testnet with { Genesis = new byte[32] }, new CocoonOptions { Trust = SimulatedTee.Trust }, "is simulated");

    [Fact]
    public void A_local_network_without_a_genesis_cannot_be_trusted() =>
        Refused(Local with { Genesis = null }, new CocoonOptions { Trust = SimulatedTee.Trust }, "cannot be trusted");

    [Theory]
    [InlineData("measurements")]
    [InlineData("number")]
    [InlineData("collateral")]
    [InlineData("address")]
    public void A_production_manifest_that_says_too_little_is_refused(string absent) => Refused(
        absent switch
        {
            "measurements" => Testnet with { Measurements = [] },
            "number" => Testnet with { MinTcbEvaluation = 0 },
            "collateral" => Testnet with { Collateral = [] },
            _ => Testnet with { Collateral = ["nowhere"] },
        },
        new CocoonOptions(), absent switch { "collateral" => "nothing has collateral", "address" => "no address", _ => "names no software" });

    private NetworkTrust Choose(NetworkManifest manifest, CocoonOptions options) => TrustRules.Choose(manifest, options, _http, TimeProvider.System);

    private void Refused(NetworkManifest manifest, CocoonOptions options, string words)
    {
        CocoonException refused = Assert.Throws<CocoonException>(() => Choose(manifest, options));
        Assert.Equal(ErrorCode.Configuration, refused.Code);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }
}
