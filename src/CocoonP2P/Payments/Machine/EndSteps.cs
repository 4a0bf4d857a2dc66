using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>Draining, the split that both sign, and consent to it.</summary>
internal static class EndSteps
{
    public static void Requested(Turn turn)
    {
        if (turn.State.Phase is ChannelPhase.Proposed)
        {
            turn.Halt(ChannelPhase.Closed, PaymentCode.Closing);
        }
        else if (turn.State is { Phase: ChannelPhase.Open or ChannelPhase.Restored, DrainingSince: null })
        {
            ChannelPhase phase = turn.State.Phase == ChannelPhase.Open ? ChannelPhase.Draining : ChannelPhase.Restored;
            turn.State = turn.State with { Phase = phase, DrainingSince = turn.Now };
            turn.Save();
        }
    }

    /// <summary>Offers the split once nothing is open.</summary>
    public static void Offer(Turn turn)
    {
        ChannelState state = turn.State;
        if (state is { Phase: ChannelPhase.Draining, Final: null, CloseSeen: false } && turn.ChainIsFresh && Settled(state))
        {
            uint validUntil = state.Chain!.BlockTime + (uint)PaymentTimes.FinalValidity.TotalSeconds;
            FinalBody body = new(state.Ledger.Body.Seq, state.Ledger.Body.Cumulative, validUntil, state.Ledger.Body.JobsRoot);
            turn.State = state with { Final = new FinalRecord(body, true, null, turn.Now) };
            turn.Record(new Signable.Final(body));
            turn.Emit(new ChannelEffect.SignFinal(body, true));
        }
    }

    public static void Offered(Turn turn, FinalOffer offer)
    {
        ChannelState state = turn.State;
        if (!Acceptable(turn, offer.Body))
        {
            // Refused by silence: the offerer closes alone after its wait, and loses nothing.
            return;
        }

        if (!turn.PeerSigned(ChannelCells.FinalHash(state.Settings, state.Epoch, offer.Body), offer.Signature))
        {
            turn.Fault(PaymentCode.BadSignature, Consequence.Ban, "under an end");
            return;
        }

        turn.Record(new Signable.Final(offer.Body));
        if (state.Final?.PeerSignature is null)
        {
            turn.State = state with { Final = new FinalRecord(offer.Body, false, offer.Signature, turn.Now) };
            turn.Halt(ChannelPhase.Finishing, PaymentCode.Closing);
        }

        turn.Emit(new ChannelEffect.SignFinal(offer.Body, false));
    }

    public static void Agreed(Turn turn, FinalAgreed message)
    {
        ChannelState state = turn.State;
        if (state.Final is not { Offered: true, PeerSignature: null } final || final.Body != message.Body
            || state.Phase is ChannelPhase.Closing or ChannelPhase.Closed)
        {
            return;
        }

        if (!turn.PeerSigned(ChannelCells.FinalHash(state.Settings, state.Epoch, message.Body), message.Signature))
        {
            turn.Fault(PaymentCode.BadSignature, Consequence.Ban, "under an end");
            return;
        }

        turn.State = state with { Final = final with { PeerSignature = message.Signature } };
        turn.Halt(ChannelPhase.Finishing, PaymentCode.Closing);
    }

    /// <summary>An end is the split of the newest state, soon past, with nothing open.</summary>
    private static bool Acceptable(Turn turn, FinalBody body)
    {
        ChannelState state = turn.State;
        bool time = state.Chain is { Status: ChannelAccount.Open } chain && body.ValidUntil >= chain.BlockTime
            && body.ValidUntil <= turn.Seconds + PaymentTimes.FinalValidity.TotalSeconds + Turn.ClockSlack;
        StateBody newest = state.Phase == ChannelPhase.Restored ? state.Held?.Body ?? state.Ledger.Body : state.Ledger.Body;
        return time
            && state.Phase is ChannelPhase.Open or ChannelPhase.Draining or ChannelPhase.Restored or ChannelPhase.Finishing
            && (state.Final is null || state.Final.Body.SplitsLike(body))
            && body.Seq == newest.Seq && body.Cumulative == newest.Cumulative && body.JobsRoot == newest.JobsRoot
            && (state.Phase == ChannelPhase.Restored ? newest.LocksHash.IsZero : Settled(state));
    }

    private static bool Settled(ChannelState state) => state.Ledger.Locks.IsEmpty && state.Open.IsEmpty && state.Orders.IsEmpty;
}
