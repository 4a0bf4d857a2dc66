using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Tests.Ton.LocalChain;
using CocoonP2P.Ton;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.Tests.Payments;

/// <summary>The whole way on the real contract: terms, deposit, jobs, receipts, ends.</summary>
public sealed class ChannelEngineTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    [Fact]
    public Task Jobs_are_paid_by_the_chunk_and_a_close_together_pays_out_exactly_that() => RunAsync(async scene =>
    {
        await scene.Client.OpenAsync(new NanoTon(500_000_000), default);
        Assert.Equal(500_000_000UL, scene.Client.State.Chain!.Deposit.Value);
        Assert.Equal(1UL, await scene.JobAsync(1, 3));
        Assert.Equal(2UL, await scene.JobAsync(2, 2));
        await scene.Client.CloseChannelAsync(default);
        Assert.Equal(1936UL + 1296, Balance(scene.Chain, ChainScene.Payout));
        Assert.Equal(2, scene.Told.OfType<ChannelEffect.ReceiptCame>().Count());
        Assert.DoesNotContain(scene.Told, effect => effect is ChannelEffect.Alarm or ChannelEffect.Fault);
    });

    [Fact]
    public Task A_worker_whose_client_vanished_is_paid_after_one_challenge_period() => RunAsync(async scene =>
    {
        await scene.Client.OpenAsync(new NanoTon(500_000_000), default);
        await scene.JobAsync(1, 3);
        scene.Connected = false;
        Task closed = scene.Worker.CloseChannelAsync(default);
        await scene.UntilAsync(() => scene.Worker.State.Phase == ChannelPhase.Closing);
        scene.Chain.Advance(TimeSpan.FromSeconds(7300));
        await closed;
        Assert.Equal(1936UL, Balance(scene.Chain, ChainScene.Payout));
    });

    private static ulong Balance(LocalTon chain, Address address) => chain.State.AccountAt(address).State.Balance.ToUInt64();

    private async Task RunAsync(Func<ChainScene, Task> test)
    {
        LocalTon chain = fixture.Fresh();
        Pump pump = new(fixture.Time);
        ChainScene scene = await pump.RunAsync(() => Task.FromResult(new ChainScene(chain, fixture.Time)));
        try
        {
            await pump.RunAsync(async () =>
            {
                await scene.StartAsync();
                await test(scene);
                return true;
            });
        }
        finally
        {
            pump.Finish(async () => await scene.DisposeAsync());
        }
    }
}
