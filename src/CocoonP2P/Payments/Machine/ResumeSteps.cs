using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>Two sides that meet again compare what they remember, and find out whether one of them was restored from an
/// older copy of its database.</summary>
internal static class ResumeSteps
{
    /// <summary>Tells the peer where this side stands.</summary>
    public static void Announce(Turn turn)
    {
        ChannelState state = turn.State;
        ulong held = state.Held?.Body.Seq ?? 0;
        ulong signed = turn.IsClient ? state.Ledger.Body.Seq : held;
        turn.Emit(new ChannelEffect.SendResume(
            new PayResume(turn.Channel, state.Epoch, signed, held, state.Generation, null), state.Held));
    }

    public static void Opened(Turn turn)
    {
        if (turn.State is { Phase: ChannelPhase.Proposed } && turn.IsClient && turn.State.Deposit > NanoTon.Zero)
        {
            turn.Emit(new ChannelEffect.Send(new ChannelTermsMessage(turn.Channel, turn.Settings.Terms)));
        }

        Announce(turn);
        if (turn.State.Final is { Offered: true, PeerSignature: null } final)
        {
            turn.Emit(new ChannelEffect.SignFinal(final.Body, true));
        }
    }

    public static void Came(Turn turn, PayResume resume)
    {
        ChannelState state = turn.State;
        if (resume.Epoch != state.Epoch)
        {
            // One side has not seen the funding yet, or speaks of a channel that ended; neither says anything about states.
            return;
        }

        if (resume.Proof is { } proof && !Genuine(turn, proof))
        {
            turn.Fault(PaymentCode.BadSignature, Consequence.Ban, "in a resume");
            return;
        }

        ulong known = turn.IsClient ? state.Ledger.Body.Seq : state.Held?.Body.Seq ?? 0;
        if (resume.Proof is { } shown && shown.Body.Seq > known)
        {
            Restore(turn, shown);
        }
        else if (turn.IsClient && (resume.SignedSeq > known || resume.HeldSeq > known))
        {
            turn.Fault(PaymentCode.UnprovenClaim, Consequence.Disconnect, "a state newer than this side's, without its signature");
        }
        else if (turn.IsClient && turn.State is { CloseSeen: false, Phase: ChannelPhase.Open or ChannelPhase.Draining })
        {
            Resend(turn, resume.SignedSeq);
        }
    }

    private static bool Genuine(Turn turn, ResumeProof proof)
    {
        Ton.Bits256 hash = ChannelCells.StateHash(turn.Settings, turn.State.Epoch, proof.Body);
        return SignatureCheck.Holds(turn.Settings.Terms.ClientKey, hash, proof.Client)
            && SignatureCheck.Holds(turn.Settings.Terms.WorkerKey, hash, proof.Worker);
    }

    /// <summary>The peer shows this side's own signature under a state that it does not remember.</summary>
    private static void Restore(Turn turn, ResumeProof proof)
    {
        Signature peers = turn.IsClient ? proof.Worker : proof.Client;
        turn.State = turn.State with { Held = new StateRecord(proof.Body, [], peers, turn.Now), Open = [] };
        turn.Emit(new ChannelEffect.Alarm(PaymentCode.Restored));
        turn.Record(new Signable.State(proof.Body));
        turn.Halt(ChannelPhase.Restored, PaymentCode.Restored);
    }

    /// <summary>The same bytes again, from the newest that the worker acknowledged on: its ack may have been lost.</summary>
    private static void Resend(Turn turn, ulong acknowledged)
    {
        ChannelState state = turn.State;
        turn.State = state with { Stalled = false, Open = [.. state.Open.Select(record => record with { SentAt = turn.Now })] };
        foreach (StateRecord record in state.Open.Where(record => record.Body.Seq >= acknowledged))
        {
            turn.Emit(new ChannelEffect.SignState(record.Body, record.Changes));
        }
    }
}
