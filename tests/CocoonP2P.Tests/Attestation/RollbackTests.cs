using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Attestation;

/// <summary>What was once accepted cannot be taken back: by an older list, older collateral or the clock.</summary>
public sealed class RollbackTests
{
    private static readonly DateTimeOffset Now = SimulatedWorld.Now;

    private readonly MemoryMonotonicStore floors = new();

    [Fact]
    public void An_older_revocation_list_after_a_newer_is_refused()
    {
        Assert.Equal(ReasonCode.None, Verify(Now));
        Assert.Equal(ReasonCode.CrlRollback, Verify(Now.AddDays(-1)));
        Assert.Equal(ReasonCode.None, Verify(Now.AddDays(1)));
    }

    [Fact]
    public void An_older_TCB_Info_after_a_newer_is_refused()
    {
        Assert.Equal(ReasonCode.None, Verify(Now));
        CollateralBundle old = SimulatedWorld.Tee.Collateral(Now.AddDays(-1));
        CollateralBundle current = SimulatedWorld.Tee.Collateral(Now);
        Assert.Equal(ReasonCode.CollateralRollback, Verify(With(current, old.TcbInfo, current.QeIdentity)));
        Assert.Equal(ReasonCode.CollateralRollback, Verify(With(current, current.TcbInfo, old.QeIdentity)));
    }

    [Fact]
    public void Refused_collateral_raises_no_floor()
    {
        CollateralBundle newer = SimulatedWorld.Tee.Collateral(Now.AddDays(1), SimulatedFault.Named("qe-identity-by-another-key"));
        Assert.Equal(ReasonCode.QeIdentitySignatureInvalid, Verify(newer));
        Assert.Equal(ReasonCode.None, Verify(Now));
    }

    [Fact]
    public void Genuine_lists_of_one_day_are_ordered_by_date_and_not_by_number_or_length()
    {
        Assert.True(RevocationList.TryParse(TdxVectors.Read("collateral/pck_platform_crl_2026-07-16_129.der"), out RevocationList? longer));
        Assert.True(RevocationList.TryParse(TdxVectors.Read("collateral/pck_platform_crl_2026-07-16_57.der"), out RevocationList? shorter));
        Assert.True(longer.ThisUpdate < shorter.ThisUpdate);
    }

    [Fact]
    public void A_clock_behind_accepted_collateral_gives_no_time()
    {
        var clock = new FakeTimeProvider(Now);
        var time = new FlooredTime(clock, floors, builtAt: Now.AddDays(-90));
        Assert.True(time.TryGetNow(out DateTimeOffset now, out _));
        Assert.Equal(Now, now);
        Assert.Equal(ReasonCode.None, Verify(Now.AddDays(10)));
        Assert.False(time.TryGetNow(out _, out Reason reason));
        Assert.Equal(ReasonCode.ClockRollback, reason.Code);
        clock.Advance(TimeSpan.FromDays(10));
        Assert.True(time.TryGetNow(out _, out _));
    }

    [Fact]
    public void A_clock_behind_the_build_gives_no_time()
    {
        var time = new FlooredTime(new FakeTimeProvider(Now), floors, builtAt: Now.AddSeconds(1));
        Assert.False(time.TryGetNow(out _, out Reason reason));
        Assert.Equal(ReasonCode.ClockRollback, reason.Code);
    }

    private ReasonCode Verify(DateTimeOffset at) => Verify(SimulatedWorld.Tee.Collateral(at), at);

    private ReasonCode Verify(CollateralBundle bundle, DateTimeOffset? at = null) =>
        VerifiedCollateral.TryVerify(
            bundle, SimulatedWorld.Tee.Root, SimulatedWorld.Policy.Collateral, floors, at ?? Now, out _, out Reason reason)
            ? ReasonCode.None
            : reason.Code;

    private static CollateralBundle With(CollateralBundle bundle, ReadOnlyMemory<byte> tcbInfo, ReadOnlyMemory<byte> qeIdentity) => new()
    {
        TcbInfo = tcbInfo,
        QeIdentity = qeIdentity,
        TcbSigningChain = bundle.TcbSigningChain,
        PckCrl = bundle.PckCrl,
        PckCrlIssuerChain = bundle.PckCrlIssuerChain,
        RootCaCrl = bundle.RootCaCrl,
    };
}
