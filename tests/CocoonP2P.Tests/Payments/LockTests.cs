using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Payments;

public sealed class LockTests
{
    [Fact]
    public void A_lock_beyond_the_deposit_is_never_signed()
    {
        ModelPair pair = new ModelPair(deposit: 2_000).Opened();
        pair.Client.Step(new ChannelEvent.JobWanted(ModelPair.Order(1)), pair.Now);
        pair.Settle();
        Assert.Equal(PaymentCode.Deposit, pair.Client.Told.OfType<ChannelEffect.JobStop>().Single().Code);
        Assert.Empty(pair.Client.Signed);
    }

    [Fact]
    public void A_refused_lock_is_dropped_by_the_next_state_and_other_jobs_go_on()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript first = new(pair, 1);
        first.Lock();
        pair.Worker.Step(new ChannelEvent.CloseRequested(), pair.Now);
        pair.Client.Step(new ChannelEvent.JobWanted(ModelPair.Order(2)), pair.Now);
        pair.Settle();
        Assert.Contains(new ChannelEffect.JobStop(2, ModelPair.Hash(2), PaymentCode.Closing), pair.Client.Told);
        first.Chunk();
        first.End();
        pair.Look();
        pair.Look();
        Assert.Equal(656UL, pair.Contract.ToWorker);
        Assert.Equal(ChannelPhase.Closed, pair.Worker.State.Phase);
    }

    [Fact]
    public void A_cap_below_what_the_request_may_cost_stops_the_job_before_it_starts()
    {
        ModelPair pair = new ModelPair().Opened();
        pair.Worker.Step(new ChannelEvent.JobWanted(ModelPair.Order(1, tokens: 512)), pair.Now);
        pair.Client.Step(new ChannelEvent.JobWanted(ModelPair.Order(1, tokens: 64)), pair.Now);
        pair.Settle();
        Assert.Equal(PaymentCode.CapTooLow, pair.Worker.Told.OfType<ChannelEffect.JobStop>().Single().Code);
        Assert.DoesNotContain(pair.Worker.Told, effect => effect is ChannelEffect.JobGo);
    }

    [Fact]
    public void A_prompt_above_the_credit_is_paid_before_the_job_starts()
    {
        ModelPair pair = new ModelPair().Opened();
        JobOrder order = ModelPair.Order(1) with { Prepay = new NanoTon(16), FirstChunk = new NanoTon(656) };
        pair.Worker.Step(new ChannelEvent.JobWanted(order), pair.Now);
        pair.Client.Step(new ChannelEvent.JobWanted(order), pair.Now);
        pair.Settle();
        Assert.Equal(new NanoTon(16), pair.Worker.State.Ledger.Body.Cumulative);
        Assert.Contains(pair.Worker.Told, effect => effect is ChannelEffect.JobGo);
    }

    [Fact]
    public void A_client_that_hears_no_ack_for_ten_seconds_stops_paying_and_cancels()
    {
        ModelPair pair = new ModelPair().Opened();
        new JobScript(pair, 1).Lock();
        pair.Client.Step(new ChannelEvent.ChunkReceived(1, new Usage(16, Completion: 64)), pair.Now);
        pair.Client.Run(pair.Now);
        pair.Client.Outbox.Clear();
        pair.Pass(11);
        pair.Client.Step(new ChannelEvent.Tick(), pair.Now);
        pair.Client.Run(pair.Now);
        Assert.Contains(new ChannelEffect.JobStop(1, ModelPair.Hash(1), PaymentCode.NoAck), pair.Client.Told);
        pair.Connect();
        Assert.Equal(656UL, pair.Worker.State.Ledger.Body.Cumulative.Value);
    }

    [Fact]
    public void With_a_receipt_key_the_receipt_alone_claims_what_the_client_no_longer_pays()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript job = new(pair, 1);
        job.Lock(receiptLock: true);
        job.Chunk();
        job.Offer(128);
        pair.Worker.Step(
            new ChannelEvent.JobDone(1, new JobResult(ModelPair.Hash(1), ModelPair.Hash(99), 1, 2, new Usage(16, Completion: 128))), pair.Now);
        pair.Worker.Run(pair.Now);
        pair.Worker.Outbox.Clear();
        pair.Contract.Execute(new ChannelTx.StartClose(null, null), null, pair.Seconds);
        pair.Look();
        pair.Look();
        pair.Pass(3601);
        pair.Look();
        Assert.Equal(1296UL, pair.Contract.ToWorker);
    }
}
