using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>What a finalised view of the account means.</summary>
internal static class ChainSteps
{
    public static void Seen(Turn turn, ChainView view)
    {
        ChannelState state = turn.State;
        if (state.Phase == ChannelPhase.Closed || (state.Chain is { } known && IsOlder(view, known)))
        {
            return;
        }

        if (Contradicts(state, view))
        {
            turn.State = state with { Chain = view.Status == ChannelAccount.Foreign ? state.Chain : view };
            turn.Emit(new ChannelEffect.Alarm(PaymentCode.ChainContradiction));
            turn.Halt(ChannelPhase.Restored, PaymentCode.ChainContradiction);
            return;
        }

        turn.State = state with { Chain = view, Sent = state.Sent.RemoveRange(Due(state, turn.Now)) };
        Move(turn, view);
        TrackUnsettled(turn, view);
    }

    public static void Outcome(Turn turn, ChannelEvent.TxOutcome outcome)
    {
        if (turn.State.Sent.ContainsKey(outcome.Key))
        {
            turn.State = turn.State with { Sent = turn.State.Sent.SetItem(outcome.Key, turn.Now + PaymentTimes.Resubmit) };
        }
    }

    public static void Tick(Turn turn) =>
        turn.State = turn.State with { Sent = turn.State.Sent.RemoveRange(Due(turn.State, turn.Now)) };

    /// <summary>Messages whose effect had time to show. A top-up is not among them: it is asked for once.</summary>
    private static IEnumerable<TxKey> Due(ChannelState state, DateTimeOffset now) =>
        state.Sent.Where(sent => sent.Value <= now && sent.Key.Kind != TxKind.TopUp).Select(sent => sent.Key);

    /// <summary>An account that is gone has no logical time any more: only the block's own time tells.</summary>
    private static bool IsOlder(ChainView view, ChainView known) =>
        view.BlockTime < known.BlockTime || (view.Lt < known.Lt && !(view.Status == ChannelAccount.Absent && view.Lt == 0));

    /// <summary>Whether the chain shows what no honest past of this journal allows: it is older than its channel, or its
    /// keys are known to others.</summary>
    private static bool Contradicts(ChannelState state, ChainView view) =>
        view.Status == ChannelAccount.Foreign
        || (state.Epoch != 0 && view.Status is ChannelAccount.Open or ChannelAccount.Closing && (
            view.Epoch != state.Epoch
            || view.Seq > Newest(state)
            || view.Paid > NanoTon.Max(state.Ledger.Body.Cumulative, state.Held?.Body.Cumulative ?? NanoTon.Zero)
            || (state.Chain is { Status: ChannelAccount.Open or ChannelAccount.Closing } known
                && (view.Deposit < known.Deposit || view.Paid < known.Paid || view.Seq < known.Seq))));

    private static ulong Newest(ChannelState state) => Math.Max(state.Ledger.Body.Seq, state.Held?.Body.Seq ?? 0);

    private static void Move(Turn turn, ChainView view)
    {
        ChannelState state = turn.State;
        bool funded = state.Epoch != 0;
        if (!funded && view.Status == ChannelAccount.Open)
        {
            turn.State = state with { Phase = ChannelPhase.Open, Epoch = view.Epoch };
            turn.Save();
            if (!turn.IsClient)
            {
                // The client may have seen the funding first and have been too early with its first state.
                ResumeSteps.Announce(turn);
            }
        }
        else if (!funded && view.Status == ChannelAccount.Closing)
        {
            turn.State = state with { Epoch = view.Epoch };
            Close(turn, ChannelPhase.Closing);
        }
        else if (funded && view.Status == ChannelAccount.Absent)
        {
            turn.Halt(ChannelPhase.Closed, PaymentCode.Closing);
        }
        else if (funded && view.Status == ChannelAccount.Closing && state.Phase is not (ChannelPhase.Closing or ChannelPhase.Restored))
        {
            Close(turn, ChannelPhase.Closing);
        }
        else if (funded && view.ClosePending && !state.CloseSeen)
        {
            Close(turn, state.Phase);
        }
    }

    private static void Close(Turn turn, ChannelPhase phase)
    {
        turn.State = turn.State with { CloseSeen = true };
        turn.Halt(phase, PaymentCode.Closing);
    }

    private static void TrackUnsettled(Turn turn, ChainView view)
    {
        bool unsettled = turn.State.Held is { } held && held.Body.Cumulative > view.Paid;
        turn.State = turn.State with { UnsettledSince = unsettled ? turn.State.UnsettledSince ?? turn.Now : null };
    }
}
