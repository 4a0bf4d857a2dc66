using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>Decides, after every event, what the contract should be told: settle, close, answer a close, finish.</summary>
/// <remarks>Level-triggered, like <see cref="ClientWriter"/>: what a crash swallowed is asked for again. Messages that
/// protect need no fresh view of the chain; unneeded, they cost a bounce.</remarks>
internal static class Guard
{
    public static void Advance(Turn turn)
    {
        switch (turn.State.Phase)
        {
            case ChannelPhase.Funding when turn.IsClient:
                turn.Submit(new ChannelTx.Open(turn.State.Deposit));
                break;
            case ChannelPhase.Open:
                Settle(turn);
                ClaimInTime(turn);
                break;
            case ChannelPhase.Draining:
                ClaimInTime(turn);
                EndSteps.Offer(turn);
                EndAlone(turn);
                break;
            case ChannelPhase.Finishing:
                EndTogether(turn);
                break;
            case ChannelPhase.Faulted:
                StartClose(turn);
                break;
            case ChannelPhase.Restored when turn.State.DrainingSince is { } since && turn.Now - since > PaymentTimes.FinalWait:
                StartClose(turn);
                break;
        }

        if (turn.State.Chain?.Status == ChannelAccount.Closing && turn.State.Phase != ChannelPhase.Closed)
        {
            Answer(turn);
        }
    }

    private static void Settle(Turn turn)
    {
        if (turn.IsClient || turn.State.Sent.Keys.Any(sent => sent.Kind == TxKind.Settle) || turn.State is not
            { Held: { PeerSignature: { } signature } held, Chain: { Status: ChannelAccount.Open } chain })
        {
            return;
        }

        NanoTon unsettled = held.Body.Cumulative.MinusOrZero(chain.Paid);
        ChannelPolicy policy = turn.Settings.Policy;
        bool old = turn.State.UnsettledSince is { } since && turn.Now - since > policy.SettleAge;
        if (unsettled > NanoTon.Zero && held.Body.Seq > chain.Seq && (unsettled >= policy.SettleThreshold || old))
        {
            turn.Submit(new ChannelTx.Settle(held.Body, signature));
        }
    }

    /// <summary>A receipt counts only while its lock lives, so a close must start while a challenge period still fits.</summary>
    private static void ClaimInTime(Turn turn)
    {
        uint lead = turn.Settings.Terms.ChallengePeriod + 600;
        if (!turn.IsClient && turn.State.Claims.Values.Any(claim =>
            turn.State.Ledger.Locks.TryGetValue(claim.JobId, out JobLock? held)
            && claim.Total > held.Paid && turn.Seconds + (ulong)lead > held.Expiry))
        {
            StartClose(turn);
        }
    }

    private static void EndAlone(Turn turn)
    {
        ChannelState state = turn.State;
        bool unanswered = state.Final is { PeerSignature: null } final && turn.Now - final.At > PaymentTimes.FinalWait;
        bool endless = turn.Now - state.DrainingSince > turn.Settings.Policy.JobLimit + PaymentTimes.FinalWait;
        if (unanswered || endless)
        {
            StartClose(turn);
        }
    }

    private static void EndTogether(Turn turn)
    {
        FinalRecord final = turn.State.Final!;
        if (turn.State.Chain!.BlockTime > final.Body.ValidUntil + (ulong)Turn.ClockSlack)
        {
            StartClose(turn);
        }
        else if (final.Offered || turn.Now - final.At > PaymentTimes.FinalWait)
        {
            turn.Submit(new ChannelTx.CoopClose(final.Body, final.PeerSignature!.Value));
        }
    }

    private static void StartClose(Turn turn)
    {
        if (turn.State.Chain is not { Status: ChannelAccount.Open } chain)
        {
            return;
        }

        if (!turn.State.CloseSeen)
        {
            turn.State = turn.State with { CloseSeen = true };
            turn.StopJobs(PaymentCode.Closing);
            turn.Save();
        }

        StateRecord? best = Newest(turn, chain.Seq);
        turn.Submit(new ChannelTx.StartClose(best?.Body, best?.PeerSignature));
    }

    private static void Answer(Turn turn)
    {
        ChainView chain = turn.State.Chain!;
        if (chain.BlockTime >= chain.CloseAt)
        {
            // Either may; the worker is first, so that honest sides do not pay for it twice.
            if (!turn.IsClient || turn.Seconds >= chain.CloseAt + (ulong)Turn.ClockSlack)
            {
                turn.Submit(new ChannelTx.Finish(chain.CloseAt));
            }

            return;
        }

        if (Newest(turn, chain.Seq) is { } best)
        {
            turn.Submit(new ChannelTx.Challenge(best.Body, best.PeerSignature!.Value));
        }
        else if (!turn.IsClient)
        {
            Resolve(turn, chain);
        }
    }

    private static void Resolve(Turn turn, ChainView chain)
    {
        // One at a time: each changes the root that the next is proved against.
        ReceiptClaim? claim = turn.State.Claims.Values.FirstOrDefault(claim =>
            turn.State.Ledger.Locks.TryGetValue(claim.JobId, out JobLock? held)
            && claim.Total > held.Paid && chain.BlockTime <= held.Expiry);
        if (claim is null)
        {
            return;
        }

        if (chain.LocksHash == turn.State.Ledger.Body.LocksHash)
        {
            turn.Submit(new ChannelTx.ResolveLock(claim, turn.State.Ledger.Locks));
            return;
        }

        // The lock of a claim sent before is gone from the chain: go on without it.
        Ledger rest = turn.State.Ledger with { Locks = turn.State.Ledger.Locks.Remove(claim.JobId) };
        if (turn.State.Sent.ContainsKey(new TxKey(TxKind.ResolveLock, claim.JobId))
            && ChannelCells.LocksHash(rest.Locks) == chain.LocksHash)
        {
            turn.State = turn.State with
            {
                Ledger = rest with { Body = rest.Body with { LocksHash = chain.LocksHash } },
                Claims = turn.State.Claims.Remove(claim.JobId),
            };
            turn.Save();
            Resolve(turn, chain);
        }
    }

    /// <summary>The newest state that the other signed and the contract has not seen. A worker's own consent to it is made
    /// when it is shown; a client shows only what both signed.</summary>
    private static StateRecord? Newest(Turn turn, ulong seen)
    {
        ChannelState state = turn.State;
        bool refused = !turn.IsClient && !state.Open.IsEmpty;
        StateRecord? best = refused ? state.Open[^1] : state.Held;
        if (best is not { PeerSignature: not null } || best.Body.Seq <= seen)
        {
            return null;
        }

        if (refused)
        {
            turn.Record(new Signable.State(best.Body));
        }

        return best;
    }
}
