using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Payments;

public sealed class ReservationTests
{
    [Fact]
    public void A_first_chunk_leaves_without_waiting_for_the_disk_and_is_still_owed_after_a_crash()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript job = new(pair, 1);
        job.Lock();
        ChannelState durable = pair.Worker.Durable;
        job.Offer(64);
        Assert.Single(pair.Worker.Told.OfType<ChannelEffect.ChunkGo>());
        Assert.Same(durable, pair.Worker.Durable);
        pair.Worker.Crash();
        Assert.Equal(new NanoTon(656), pair.Worker.State.Jobs[1].Owed);
    }

    [Fact]
    public void What_was_reserved_and_not_delivered_is_no_longer_held_once_the_job_has_ended()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript job = new(pair, 1);
        job.Lock();
        Assert.Equal(new NanoTon(656), pair.Worker.State.Jobs[1].Exposure(NanoTon.Zero));
        pair.Worker.Step(new ChannelEvent.JobEnded(ModelPair.Hash(1)), pair.Now);
        Assert.Equal(NanoTon.Zero, pair.Worker.State.Jobs[1].Exposure(NanoTon.Zero));
    }

    [Fact]
    public void Computing_may_begin_before_the_barrier_and_nothing_that_is_seen_outside()
    {
        ModelPair pair = new ModelPair().Opened();
        List<string> order = [];
        pair.Worker.OnTold = effect => order.Add(effect.GetType().Name);
        new JobScript(pair, 1).Lock();
        Assert.Equal(nameof(ChannelEffect.JobGo), order[0]);
        Assert.Contains(pair.Worker.Durable.Jobs.Values, job => job.Started);
    }
}
