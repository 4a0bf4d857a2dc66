using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Jobs;
using CocoonP2P.Sessions;
using CocoonP2P.Tests.Sessions;

namespace CocoonP2P.Tests.Jobs;

/// <summary>The real verifier refuses a worker, and the user hears the cause, the cure and one code.</summary>
public sealed class RefusedEvidenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly SimulatedTee Tee = new(new byte[32]);
    private static readonly SimulatedTd Td = new("worker");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("debug-td", "TdDebug")]
    [InlineData("wrong-measurement", "MeasurementMismatch")]
    public async Task A_faulty_platform_is_attestation_refused_by_the_check_that_failed(string fault, string reason)
    {
        IQuoteProvider platform = Tee.CreateProvider(Td, fault: SimulatedFault.Named(fault));
        await AssertRefusedAsync(async data => (await platform.GetQuoteAsync(new ReportData(data), Token)).CanonicalBytes.ToArray(), reason);
    }

    [Fact]
    public async Task Evidence_replayed_from_another_session_is_attestation_refused()
    {
        IQuoteProvider platform = Tee.CreateProvider(Td);
        byte[] old = (await platform.GetQuoteAsync(new ReportData(new byte[64]), Token)).CanonicalBytes.ToArray();
        await AssertRefusedAsync(_ => Task.FromResult(old), "ReportDataMismatch");
    }

    private static async Task AssertRefusedAsync(Func<byte[], Task<byte[]>> quote, string reason)
    {
        StillTime time = new();
        MemoryMonotonicStore floors = new();
        SimulatedPolicy policy = new("test", Tee.Root, [Td.ReferenceValue]);
        PolicyAppraiser appraiser = new(
            new EvidenceAppraiser(policy, Tee.CreateCollateralSource(time), floors, new FlooredTime(time, floors, Now.AddDays(-1))), time);
        using SessionParty client = new();
        using SessionParty worker = new();
        using InitiatorHandshake asks = new(client.With(worker));
        using ResponderHandshake answers = new(worker.With(client));
        Assert.Null(answers.ReadHello(asks.Start(), TeeKinds.Simulated, worker.Claims, Now, TimeSpan.FromMinutes(1), out byte[]? reportData));
        Assert.Null(asks.ReadReply(answers.Reply(TeeKinds.Simulated, await quote(reportData!), []), Now, out PeerEvidence? evidence));

        Verdict verdict = await appraiser.AppraiseAsync(evidence!, Token);
        Assert.False(verdict.Accepted);
        CocoonException told = AttemptTrouble.Explain(
            new SessionException(new SessionFault(SessionError.EvidenceRefused, string.Join(", ", verdict.Reasons)), verdict));

        Assert.Equal(ErrorCode.AttestationRefused, told.Code);
        Assert.Equal(4, told.Code.ExitCode());
        Assert.Contains(reason, told.Message, StringComparison.Ordinal);
        Assert.NotEmpty(told.Hint);
        Assert.Same(verdict, Assert.IsType<AttestationRefusedException>(told).Verdict);
    }

    private sealed class StillTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
