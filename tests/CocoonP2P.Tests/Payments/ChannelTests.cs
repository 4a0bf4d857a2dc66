using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Payments;

public sealed class ChannelTests
{
    [Fact]
    public void A_channel_opens_when_its_funding_is_finalised()
    {
        ModelPair pair = new ModelPair().Opened();
        Assert.Equal(ChannelPhase.Open, pair.Client.State.Phase);
        Assert.Equal(ChannelPhase.Open, pair.Worker.State.Phase);
        Assert.Equal(pair.Contract.Epoch, pair.Client.State.Epoch);
        Assert.Equal(pair.Deposit, pair.Contract.Deposit);
    }

    [Fact]
    public void A_streamed_job_is_locked_paid_by_the_chunk_and_closed()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript job = new(pair, 1);
        job.Lock();
        Assert.Contains(new ChannelEffect.JobGo(1, ModelPair.Hash(1)), pair.Client.Told);
        Assert.Contains(new ChannelEffect.JobGo(1, ModelPair.Hash(1)), pair.Worker.Told);
        job.Chunk();
        Assert.Equal(656UL, pair.Worker.State.Ledger.Body.Cumulative.Value);
        job.Chunk();
        Assert.Equal(1296UL, pair.Worker.State.Ledger.Body.Cumulative.Value);
        job.End();
        Assert.Empty(pair.Worker.State.Ledger.Locks);
        Assert.Equal(new NanoTon(1296), pair.Worker.State.Ledger.Batch.Records[1].Amount);
        Assert.False(pair.Worker.State.Ledger.Batch.Records[1].ResultHash.IsZero);
        Assert.Equal(pair.Client.State.Ledger.Body, pair.Worker.State.Held!.Body);
        Assert.Empty(pair.Client.State.Open);
    }

    [Fact]
    public void Both_sides_close_together_and_the_worker_gets_what_was_paid()
    {
        ModelPair pair = new ModelPair().Opened();
        new JobScript(pair, 1).RunAll(3);
        pair.Client.Step(new ChannelEvent.CloseRequested(), pair.Now);
        pair.Settle();
        pair.Look();
        Assert.Equal(ChannelPhase.Closed, pair.Client.State.Phase);
        Assert.Equal(ChannelPhase.Closed, pair.Worker.State.Phase);
        Assert.Equal(1936UL, pair.Contract.ToWorker);
        Assert.Equal(pair.Deposit - 1936 + 20_000_000, pair.Contract.ToClient);
    }

    [Fact]
    public void A_client_whose_offer_is_not_answered_closes_alone_and_the_worker_still_gets_what_was_paid()
    {
        ModelPair pair = new ModelPair().Opened();
        new JobScript(pair, 1).RunAll(3);
        pair.Client.Step(new ChannelEvent.CloseRequested(), pair.Now);
        pair.Client.Run(pair.Now);
        pair.Client.Outbox.Clear();
        pair.Pass(61);
        pair.Both(new ChannelEvent.Tick());
        pair.Look();
        Assert.Equal(ChannelPhase.Closing, pair.Worker.State.Phase);
        pair.Pass(7201);
        pair.Look();
        pair.Look();
        Assert.Equal(ChannelPhase.Closed, pair.Client.State.Phase);
        Assert.Equal(1936UL, pair.Contract.ToWorker);
    }

    [Fact]
    public void A_worker_answers_a_stale_close_with_its_newest_state()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript job = new(pair, 1);
        job.Lock();
        job.Chunk();
        pair.Contract.Execute(new ChannelTx.StartClose(null, null), null, pair.Seconds);
        pair.Look();
        Assert.Equal(pair.Worker.State.Held!.Body.Seq, pair.Contract.Seq);
        pair.Pass(3601);
        pair.Look();
        Assert.Equal(656UL, pair.Contract.ToWorker);
    }

    [Fact]
    public void A_worker_settles_above_its_threshold_and_the_next_state_starts_a_batch()
    {
        ModelPair pair = new ModelPair().Opened();
        for (byte job = 1; job <= 4; job++)
        {
            new JobScript(pair, job).RunAll(3);
        }

        Assert.Equal(5168UL, pair.Contract.ToWorker);
        pair.Look();
        new JobScript(pair, 5).RunAll(1);
        Assert.Equal([5], pair.Client.State.Ledger.Batch.Records.Keys);
        Assert.False(pair.Client.State.Ledger.Batch.Previous.IsZero);
        Assert.Equal(pair.Client.State.Ledger.Body, pair.Worker.State.Held!.Body);
    }

    [Fact]
    public void Delivery_stops_at_the_credit_when_vouchers_stop()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript job = new(pair, 1);
        job.Lock();
        job.Offer(64);
        job.Offer(128);
        job.Offer(192);
        Assert.Equal(2, pair.Worker.Told.OfType<ChannelEffect.ChunkGo>().Count());
        Assert.Equal(new NanoTon(1296), pair.Worker.State.Jobs[1].Owed);
    }
}
