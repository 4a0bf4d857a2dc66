using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Tests.Ton.LocalChain;

public sealed class JobChannelPathTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly ChannelScene scene = new(fixture.Fresh());

    [Fact]
    public void First_top_up_sets_the_reserve_apart_and_opens()
    {
        Assert.Equal(0, scene.Open("10.025").Exit);
        ChannelData data = scene.Data!;
        Assert.Equal(ChannelStatus.Open, data.Status);
        Assert.Equal(ChannelScene.Ton("10"), data.Deposit);
        Assert.NotEqual(0UL, data.Epoch);
        Assert.True(scene.Chain.Totals.IsConserved);
    }

    [Fact]
    public void Top_up_adds_all_but_its_gas()
    {
        scene.Open();
        Assert.Equal(0, scene.Send(ChannelScene.Client, JobChannel.TopUp(2), "1.005").Exit);
        Assert.Equal(ChannelScene.Ton("11"), scene.Data!.Deposit);
    }

    [Fact]
    public void Settle_pays_the_difference_and_stores_the_state()
    {
        scene.Open();
        SceneStep first = scene.Send(ChannelScene.Worker, JobChannel.Settle(3, scene.State(1, "1")));
        SceneStep second = scene.Send(ChannelScene.Stranger, JobChannel.Settle(4, scene.State(2, "1.5")));
        Assert.Equal((0, 0), (first.Exit, second.Exit));
        Assert.True(first.Paid(ChannelScene.Payout) > ChannelScene.Ton("1"));
        Assert.True(second.Paid(ChannelScene.Payout) > ChannelScene.Ton("0.5"));
        Assert.True(second.Paid(ChannelScene.Payout) < ChannelScene.Ton("0.55"));
        Assert.Equal((2UL, ChannelScene.Ton("1.5")), (scene.Data!.Seq, scene.Data.Paid));
    }

    [Fact]
    public void Both_signatures_end_at_once_and_leave_nothing()
    {
        scene.Open();
        SceneStep end = scene.Send(ChannelScene.Stranger, scene.Coop(5, "4"));
        Assert.Equal(0, end.Exit);
        Assert.Equal(ChannelScene.Ton("4"), end.Paid(ChannelScene.Payout));
        Assert.True(end.Paid(ChannelScene.Client) > ChannelScene.Ton("6"));
        Assert.True(end.Record.LeavesNothing);
        Assert.Equal(Coins.Zero, scene.Account.Balance);
        Assert.True(scene.Chain.Totals.IsConserved);
    }

    [Fact]
    public void Disputed_end_pays_the_newest_state_and_its_receipts()
    {
        scene.Open();
        Cell locks = JobLocks.ToCell([new(1, scene.Lock("0.5", paid: "0.1"))])!;
        Assert.Equal(0, scene.Send(ChannelScene.Client, JobChannel.StartClose(1, scene.State(1, "1"))).Exit);
        Assert.Equal(0, scene.Send(ChannelScene.Worker, JobChannel.Challenge(1, scene.State(7, "3", locks.Hash))).Exit);
        Assert.Equal(0, scene.Send(ChannelScene.Stranger, scene.Resolve(1, "0.4", locks)).Exit);
        Assert.Equal(ChannelScene.Ton("3.3"), scene.Data!.Owed);
        Assert.Equal(default, scene.Data.Roots.LocksHash);

        scene.Chain.Advance(TimeSpan.FromHours(2));
        SceneStep end = scene.Send(ChannelScene.Stranger, JobChannel.Finish(1));
        Assert.Equal((0, ChannelScene.Ton("3.3")), (end.Exit, end.Paid(ChannelScene.Payout)));
        Assert.Null(scene.Data);
        Assert.True(scene.Chain.Totals.IsConserved);
    }
}
