using CocoonP2P.Attestation;

namespace CocoonP2P.Tests.Attestation;

/// <summary>Converge and relaunch, as tables: every pair of statuses.</summary>
public sealed class TcbEvaluatorTests
{
    private const TcbStatus U = TcbStatus.UpToDate;
    private const TcbStatus S = TcbStatus.SWHardeningNeeded;
    private const TcbStatus C = TcbStatus.ConfigurationNeeded;
    private const TcbStatus CS = TcbStatus.ConfigurationAndSWHardeningNeeded;
    private const TcbStatus O = TcbStatus.OutOfDate;
    private const TcbStatus OC = TcbStatus.OutOfDateConfigurationNeeded;
    private const TcbStatus R = TcbStatus.Revoked;

    [Theory]
    [InlineData(U, U, U)]
    [InlineData(S, U, S)]
    [InlineData(C, U, C)]
    [InlineData(CS, U, CS)]
    [InlineData(O, U, O)]
    [InlineData(OC, U, OC)]
    [InlineData(R, U, R)]
    [InlineData(U, O, O)]
    [InlineData(S, O, O)]
    [InlineData(C, O, OC)]
    [InlineData(CS, O, OC)]
    [InlineData(O, O, O)]
    [InlineData(OC, O, OC)]
    [InlineData(R, O, R)]
    [InlineData(U, R, R)]
    [InlineData(OC, R, R)]
    [InlineData(U, C, U)]
    [InlineData(U, OC, U)]
    public void A_component_lowers_the_platform(TcbStatus platform, TcbStatus component, TcbStatus expected)
    {
        Assert.Equal(expected, TcbEvaluator.Converge(platform, [Level(component)]));
        Assert.Equal(expected, TcbEvaluator.Converge(platform, [Level(component), Level(U)]));
        Assert.Equal(expected, TcbEvaluator.Converge(platform, [Level(U), Level(component)]));
    }

    [Theory]
    [InlineData(O, U, TcbStatus.TDRelaunchAdvised)]
    [InlineData(O, S, TcbStatus.TDRelaunchAdvised)]
    [InlineData(O, C, TcbStatus.TDRelaunchAdvisedConfigurationNeeded)]
    [InlineData(O, CS, TcbStatus.TDRelaunchAdvisedConfigurationNeeded)]
    [InlineData(OC, U, TcbStatus.TDRelaunchAdvisedConfigurationNeeded)]
    [InlineData(OC, CS, TcbStatus.TDRelaunchAdvisedConfigurationNeeded)]
    [InlineData(O, O, O)]
    [InlineData(O, OC, O)]
    [InlineData(O, R, O)]
    [InlineData(U, O, U)]
    [InlineData(U, R, U)]
    [InlineData(CS, U, CS)]
    public void A_platform_updated_under_a_domain_advises_a_relaunch(TcbStatus launch, TcbStatus current, TcbStatus expected) =>
        Assert.Equal(expected, TcbEvaluator.Relaunch(launch, current));

    private static IsvLevel Level(TcbStatus status) => new(1, status, default, []);
}
