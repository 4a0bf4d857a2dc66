using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>A signature counts in one channel, one life of it, one network, for one kind of message.</summary>
public sealed class JobChannelReplayTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly ChannelScene scene = new(fixture.Fresh());

    [Fact]
    public void Channel_reopened_within_a_second_takes_no_state_of_its_former_life()
    {
        scene.Open();
        ulong first = scene.Epoch;
        Cell old = JobChannel.Settle(1, scene.State(9, "8"));
        uint second = scene.Now;
        Assert.Equal(0, scene.Send(ChannelScene.Worker, scene.Coop(1, "0.1")).Exit);
        Assert.Equal(0, scene.Open().Exit);

        Assert.Equal(second, scene.Now);
        Assert.NotEqual(first, scene.Epoch);
        Assert.Equal(104, scene.Send(ChannelScene.Worker, old).Exit);
        Assert.Equal(Coins.Zero, scene.Data!.Paid);
    }

    [Fact]
    public void State_of_another_channel_of_the_same_two_is_refused()
    {
        ChannelScene other = new(scene.Chain, salt: 2);
        other.Open();
        scene.Open();
        SignedState foreign = other.State(1, "1", epoch: scene.Epoch);
        Assert.Equal(104, scene.Send(ChannelScene.Worker, JobChannel.Settle(1, foreign)).Exit);
    }

    [Fact]
    public void State_of_another_network_is_refused()
    {
        scene.Open();
        ChannelScope scope = new(-239, scene.Address, scene.Epoch);
        SignedState proper = scene.State(1, "1");
        Cell body = new StateBody(scope, 1, proper.Cumulative, proper.Roots).ToCell();
        SignedState mainnet = proper with
        {
            ClientSignature = ChannelScene.ClientKey.Sign(body),
            WorkerSignature = ChannelScene.WorkerKey.Sign(body),
        };
        Assert.Equal(104, scene.Send(ChannelScene.Worker, JobChannel.Settle(1, mainnet)).Exit);
    }

    [Fact]
    public void Settled_state_keeps_its_open_locks_through_a_bare_close()
    {
        scene.Open();
        Cell locks = JobLocks.ToCell([new(4, scene.Lock("0.5"))])!;
        scene.Send(ChannelScene.Worker, JobChannel.Settle(1, scene.State(1, "1", locks.Hash)));
        scene.Send(ChannelScene.Client, JobChannel.StartClose(1, null));
        Assert.Equal(0, scene.Send(ChannelScene.Worker, scene.Resolve(4, "0.5", locks)).Exit);
        Assert.Equal(ChannelScene.Ton("1.5"), scene.Data!.Owed);
    }

    [Fact]
    public void Drip_of_old_states_cannot_stretch_a_close_beyond_two_periods()
    {
        scene.Open();
        uint start = scene.Now;
        scene.Send(ChannelScene.Client, JobChannel.StartClose(1, null));
        for (ulong seq = 1; seq <= 40; seq++)
        {
            if (scene.Send(ChannelScene.Client, JobChannel.Challenge(1, scene.State(seq, "1"))).Exit == 0)
            {
                scene.Chain.Advance(TimeSpan.FromMinutes(29));
            }
        }

        Assert.Equal(2, scene.Data!.Extensions);
        Assert.InRange(scene.Data.CloseAt, start + 3600, start + 7200);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.000000001")]
    [InlineData("0.0002")]
    public void Dust_that_is_owed_does_not_block_the_end(string owed)
    {
        scene.Open();
        Assert.Equal(0, scene.Send(ChannelScene.Worker, JobChannel.StartClose(1, scene.State(1, owed))).Exit);
        scene.Chain.Advance(TimeSpan.FromHours(2));
        SceneStep end = scene.Send(ChannelScene.Stranger, JobChannel.Finish(1));
        Assert.Equal((0, 0, ChannelScene.Ton(owed)), (end.Exit, end.Phases.ActionCode, end.Paid(ChannelScene.Payout)));
    }
}
