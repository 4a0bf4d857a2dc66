using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Payments;

/// <summary>Every phase meets every event: nothing throws, and no phase but Open and Draining signs a state.</summary>
public sealed class MachineTableTests
{
    private static readonly ModelPair Pair = Worked();

    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (string phase in Enum.GetNames<ChannelPhase>())
        {
            rows.Add(phase, nameof(ChannelRole.Client));
            rows.Add(phase, nameof(ChannelRole.Worker));
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_event_has_an_answer_in_every_phase(string phaseName, string role)
    {
        ChannelPhase phase = Enum.Parse<ChannelPhase>(phaseName);
        ModelSide side = role == nameof(ChannelRole.Client) ? Pair.Client : Pair.Worker;
        ChannelState state = side.State with { Phase = phase, Final = phase == ChannelPhase.Finishing ? Final(side) : null };
        foreach (ChannelEvent happened in Events(Pair))
        {
            (ChannelState next, IReadOnlyList<ChannelEffect> effects) = PaymentMachine.Step(state, happened, Pair.Now);
            bool signs = effects.OfType<ChannelEffect.Persist>().SelectMany(persist => persist.Records).OfType<Signable.State>()
                .Any(record => record.Body.Seq > state.Ledger.Body.Seq);
            Assert.True(!signs || phase is ChannelPhase.Open or ChannelPhase.Draining, $"{phase} signed on {happened}");
            Assert.True(
                effects.Count == 0 || effects.OfType<ChannelEffect.Persist>().All(persist => ReferenceEquals(persist, effects[0])),
                "the barrier is the first effect");
            Assert.True(phase != ChannelPhase.Closed || next.Phase == ChannelPhase.Closed, $"Closed was left on {happened}");
        }
    }

    [Fact]
    public void A_message_that_only_the_other_role_sends_is_a_fault()
    {
        (ChannelState next, IReadOnlyList<ChannelEffect> effects) = PaymentMachine.Step(
            Pair.Worker.State, new ChannelEvent.PeerSent(new StateAck(Pair.Worker.State.Settings.Address.Hash, 1, default)), Pair.Now);
        Assert.Equal(ChannelPhase.Faulted, next.Phase);
        Assert.Equal(PaymentCode.Impossible, effects.OfType<ChannelEffect.Fault>().Single().What.Code);
    }

    private static ModelPair Worked()
    {
        ModelPair pair = new ModelPair().Opened();
        JobScript job = new(pair, 1);
        job.Lock();
        job.Chunk();
        return pair;
    }

    private static FinalRecord Final(ModelSide side) =>
        new(new FinalBody(2, side.State.Ledger.Body.Cumulative, Pair.Seconds + 600, default), true, default(Signature), Pair.Now);

    private static IEnumerable<ChannelEvent> Events(ModelPair pair)
    {
        CocoonP2P.Ton.Bits256 id = pair.Client.State.Settings.Address.Hash;
        StateBody body = pair.Client.State.Ledger.Body;
        Usage used = new(16, Completion: 128);
        JobResult result = new(ModelPair.Hash(1), ModelPair.Hash(99), 1, 2, used);
        PaymentMessage[] messages =
        [
            new PayResume(id, pair.Contract.Epoch, 9, 9, 1, null), new ChannelTermsMessage(id, pair.Client.State.Settings.Terms),
            new ChannelAgreed(id, default), new StateUpdate(id, body with { Seq = body.Seq + 1 }, [], default), new StateAck(id, body.Seq, default),
            new StateReject(id, body.Seq, PaymentCode.Deposit), new JobReceipt(id, 1, default, result, default),
            new FinalOffer(id, new FinalBody(body.Seq, body.Cumulative, pair.Seconds + 60, body.JobsRoot), default),
            new FinalAgreed(id, new FinalBody(body.Seq, body.Cumulative, pair.Seconds + 60, body.JobsRoot), default), new StateAck(default, 1, default),
        ];
        ChainView view = pair.Contract.View(pair.Seconds + 1);
        return
        [
            .. messages.Select(message => new ChannelEvent.PeerSent(message)),
            new ChannelEvent.SessionOpened(), new ChannelEvent.FundWanted(new NanoTon(5)), new ChannelEvent.TopUpWanted(new NanoTon(5)),
            new ChannelEvent.JobWanted(ModelPair.Order(2)), new ChannelEvent.ChunkReady(1, used), new ChannelEvent.ChunkReceived(1, used),
            new ChannelEvent.ChunkReady(7, used), new ChannelEvent.ChunkReceived(7, used), new ChannelEvent.JobDone(1, result),
            new ChannelEvent.JobDone(7, result), new ChannelEvent.ReceiptSigned(new ReceiptBody(1, default, default), default),
            new ChannelEvent.JobEnded(ModelPair.Hash(1)), new ChannelEvent.ChainSeen(view), new ChannelEvent.ChainSeen(view with { ClosePending = true }),
            new ChannelEvent.ChainSeen(view with { Status = ChannelAccount.Closing, CloseAt = pair.Seconds + 60 }),
            new ChannelEvent.ChainSeen(view with { Status = ChannelAccount.Absent }), new ChannelEvent.ChainSeen(view with { Status = ChannelAccount.Foreign }),
            new ChannelEvent.ChainSeen(view with { Seq = 99 }), new ChannelEvent.TxOutcome(new TxKey(TxKind.Settle, 1), true),
            new ChannelEvent.CloseRequested(), new ChannelEvent.Tick(),
        ];
    }
}
