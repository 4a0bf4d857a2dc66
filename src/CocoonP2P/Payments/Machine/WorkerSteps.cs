using System.Collections.Immutable;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>What a worker does with a client's states: checks, keeps, countersigns or refuses.</summary>
internal static class WorkerSteps
{
    public static void TermsCame(Turn turn, ChannelTermsMessage message)
    {
        // The engine made this channel for these very terms, from its own quote; a second asking gets the same answer.
        if (turn.State.Phase != ChannelPhase.Proposed || message.Terms != turn.Settings.Terms)
        {
            return;
        }

        turn.Save();
        turn.Emit(new ChannelEffect.SignTerms());
    }

    public static void Updated(Turn turn, StateUpdate update)
    {
        ChannelState state = turn.State;
        if (state.CloseSeen || state.Phase is not (ChannelPhase.Open or ChannelPhase.Draining))
        {
            // Sent before the client could know. From here on no state is signed, whatever it says.
            return;
        }

        if (update.Body.Seq <= state.Ledger.Body.Seq)
        {
            Repeat(turn, update);
            return;
        }

        if (update.Body.Seq > state.Ledger.Body.Seq + 1)
        {
            ResumeSteps.Announce(turn);
            return;
        }

        if (state.Open.Length >= Limits.UnackedStates)
        {
            turn.Fault(PaymentCode.Window, Consequence.Disconnect, "more states than the window holds");
            return;
        }

        if (!state.Ledger.TryApply(update.Changes, out Ledger? next, out string? code))
        {
            turn.Fault(code, Consequence.Disconnect, "a change does not fit the state before");
        }
        else if (next.Body != update.Body)
        {
            turn.Fault(PaymentCode.BadRoots, Consequence.Disconnect, "the state is not what its changes make");
        }
        else if (!turn.PeerSigned(ChannelCells.StateHash(state.Settings, state.Epoch, next.Body), update.ClientSignature))
        {
            turn.Fault(PaymentCode.BadSignature, Consequence.Ban, "under a state");
        }
        else
        {
            Keep(turn, update, next);
        }
    }

    /// <summary>A state that was seen before: the same gets the same answer, another is a crime.</summary>
    private static void Repeat(Turn turn, StateUpdate update)
    {
        StateRecord? known = turn.State.Held is { } held && held.Body.Seq == update.Body.Seq
            ? held
            : turn.State.Open.FirstOrDefault(record => record.Body.Seq == update.Body.Seq);
        if (known is null)
        {
            return;
        }

        if (known.Body != update.Body)
        {
            bool genuine = turn.PeerSigned(
                ChannelCells.StateHash(turn.Settings, turn.State.Epoch, update.Body), update.ClientSignature);
            turn.Fault(genuine ? PaymentCode.Equivocation : PaymentCode.BadSignature, Consequence.Ban, "two bodies with one number");
        }
        else if (known.Refusal is { } refusal)
        {
            turn.Emit(new ChannelEffect.Send(new StateReject(turn.Channel, known.Body.Seq, refusal)));
        }
        else
        {
            turn.Emit(new ChannelEffect.SignState(known.Body, []));
        }
    }

    private static void Keep(Turn turn, StateUpdate update, Ledger next)
    {
        ChannelState state = turn.State;
        string? refusal = LockRules.Refusal(turn, update.Changes, next);
        StateRecord record = new(next.Body, update.Changes, update.ClientSignature, turn.Now, refusal);
        ImmutableSortedDictionary<ulong, JobMeter> before = state.Jobs;
        turn.State = state with { Ledger = next };
        foreach (ChannelChange change in update.Changes)
        {
            Account(turn, change, refusal is not null);
        }

        if (refusal is null)
        {
            turn.State = turn.State with { Held = record, Open = [] };
            turn.Record(new Signable.State(next.Body));
            turn.Emit(new ChannelEffect.SignState(next.Body, []));
        }
        else
        {
            turn.State = turn.State with { Open = turn.State.Open.Add(record) };
            turn.Save();
            turn.Emit(new ChannelEffect.Send(new StateReject(turn.Channel, next.Body.Seq, refusal)));
        }

        foreach (JobMeter gone in before.Values.Where(job => !turn.State.Jobs.ContainsKey(job.JobId)))
        {
            if (!gone.Ended)
            {
                turn.Emit(new ChannelEffect.JobStop(gone.JobId, gone.JobHash, PaymentCode.Closed));
            }

            // Delivered and closed without pay: it stays in the way of further credit for as long as the channel lives.
            NanoTon unpaid = gone.Owed.MinusOrZero(state.Ledger.Locks[gone.JobId].Paid + PaidNow(update, gone.JobId));
            turn.State = turn.State with { Debt = turn.State.Debt + unpaid };
        }
    }

    private static NanoTon PaidNow(StateUpdate update, ulong jobId) =>
        update.Changes.OfType<ChannelChange.Pay>().Where(pay => pay.JobId == jobId)
            .Aggregate(NanoTon.Zero, (sum, pay) => sum + pay.Amount);

    private static void Account(Turn turn, ChannelChange change, bool refused)
    {
        switch (change)
        {
            case ChannelChange.AddLock add:
                JobMeter job = new() { JobId = add.JobId, JobHash = add.JobHash, LockSeq = turn.State.Ledger.Body.Seq, Refused = refused };
                JobOrder? order = turn.State.Orders.FirstOrDefault(order => order.JobHash == add.JobHash);
                turn.Put(refused || order is null ? job : WorkerGate.Fill(turn, job, order));
                break;
            case ChannelChange.CloseJob close:
                turn.State = turn.State with
                {
                    Jobs = turn.State.Jobs.Remove(close.JobId),
                    Claims = turn.State.Claims.Remove(close.JobId),
                };
                break;
            case ChannelChange.DropLock drop:
                turn.State = turn.State with
                {
                    Jobs = turn.State.Jobs.Remove(drop.JobId),
                    Claims = turn.State.Claims.Remove(drop.JobId),
                };
                break;
        }
    }
}
