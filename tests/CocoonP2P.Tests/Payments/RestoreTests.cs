using CocoonP2P.Payments;

namespace CocoonP2P.Tests.Payments;

public sealed class RestoreTests
{
    [Fact]
    public void A_restored_client_signs_no_state_and_still_ends_with_the_right_split()
    {
        ModelPair pair = new ModelPair().Opened();
        ChannelState old = pair.Client.Durable;
        new JobScript(pair, 1).RunAll(2);
        pair.Client.Restore(old, noticed: true);
        pair.Connect();
        Assert.Equal(ChannelPhase.Restored, pair.Client.State.Phase);
        int signed = pair.Client.Signed.Count;
        pair.Client.Step(new ChannelEvent.JobWanted(ModelPair.Order(2)), pair.Now);
        pair.Settle();
        Assert.Equal(signed, pair.Client.Signed.Count);
        pair.Worker.Step(new ChannelEvent.CloseRequested(), pair.Now);
        pair.Settle();
        pair.Look();
        Assert.Equal(1296UL, pair.Contract.ToWorker);
    }

    [Fact]
    public void A_copy_that_no_mirror_betrays_is_betrayed_by_the_peers_proof()
    {
        ModelPair pair = new ModelPair().Opened();
        ChannelState old = pair.Client.Durable;
        new JobScript(pair, 1).RunAll(2);
        pair.Client.Restore(old, noticed: false);
        Assert.Equal(ChannelPhase.Open, pair.Client.State.Phase);
        pair.Connect();
        Assert.Equal(ChannelPhase.Restored, pair.Client.State.Phase);
        Assert.Equal(pair.Worker.State.Held!.Body, pair.Client.State.Held!.Body);
    }

    [Fact]
    public void A_second_body_under_one_number_is_equivocation_and_the_worker_closes()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript job = new(pair, 1);
        job.Lock();
        job.Chunk();
        StateBody other = pair.Client.State.Ledger.Body with { LocksHash = ModelPair.Hash(5) };
        Signature signature = ModelPair.ClientKey.Sign(ChannelCells.StateHash(pair.Client.State.Settings, pair.Contract.Epoch, other));
        pair.Worker.Step(
            new ChannelEvent.PeerSent(new CocoonP2P.Protocol.StateUpdate(pair.Client.State.Settings.Address.Hash, other, [], signature)), pair.Now);
        pair.Settle();
        Assert.Equal(PaymentCode.Equivocation, pair.Worker.Told.OfType<ChannelEffect.Fault>().Single().What.Code);
        pair.Look();
        pair.Pass(7300);
        pair.Look();
        pair.Look();
        Assert.Equal(656UL, pair.Contract.ToWorker);
    }
}
