using System.Collections.Immutable;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>Turns what the client wants (locks, payments, ends of jobs) into the next signed states.</summary>
/// <remarks>Level-triggered: it compares what is owed with what is signed, so a step that was lost in a crash is taken
/// by the next event.</remarks>
internal static class ClientWriter
{
    public static void Flush(Turn turn)
    {
        RefuseHopelessOrders(turn);
        while (turn.MaySign && !turn.State.Stalled && turn.State.Open.Length < Limits.UnackedStates)
        {
            ImmutableArray<ChannelChange> changes = Collect(turn);
            if (changes.IsEmpty)
            {
                return;
            }

            Write(turn, changes);
        }
    }

    private static ImmutableArray<ChannelChange> Collect(Turn turn)
    {
        ChangeList list = new();
        ChannelState state = turn.State;
        if (state.Chain!.Seq > state.BatchedSeq)
        {
            turn.State = state with { BatchedSeq = state.Chain.Seq };
            if (!state.Ledger.Batch.Records.IsEmpty)
            {
                list.NewBatch();
            }
        }

        foreach (JobMeter job in state.Jobs.Values)
        {
            CollectJob(turn, job, list);
        }

        ulong next = state.Ledger.LastJob;
        uint expiry = turn.Seconds + PaymentTimes.ShortestLock(turn.Settings) + PaymentTimes.ExpiryMargin;
        foreach (JobOrder order in state.Orders.Take(Limits.LocksPerChannel - state.Ledger.Locks.Count))
        {
            list.Add(new ChannelChange.AddLock(
                ++next, order.Cap, expiry, order.ReceiptLock ? order.ReceiptKey : default, order.JobHash));
        }

        return list.Taken;
    }

    private static void CollectJob(Turn turn, JobMeter job, ChangeList list)
    {
        JobLock held = turn.State.Ledger.Locks[job.JobId];
        bool expired = turn.State.Chain!.BlockTime > held.Expiry + (ulong)Turn.ClockSlack;

        // Before its lock is acknowledged nothing is paid for a job: a refused lock's payment could not be taken back.
        if (!job.Refused && turn.State.Held is { } acked && acked.Body.Seq >= job.LockSeq)
        {
            NanoTon owed = job.Ended ? job.Owed : NanoTon.Max(job.Owed, job.Prepay);
            NanoTon due = NanoTon.Min(owed, held.Cap).MinusOrZero(held.Paid);
            if (due > NanoTon.Zero)
            {
                list.Add(new ChannelChange.Pay(job.JobId, due));
            }

            if (job.Ended)
            {
                list.CloseJob(turn.State.Ledger.Batch, new ChannelChange.CloseJob(job.JobId, job.ResultHash));
            }
        }
        else if (job.Refused || expired)
        {
            list.Add(new ChannelChange.DropLock(job.JobId));
        }
    }

    private static void Write(Turn turn, ImmutableArray<ChannelChange> changes)
    {
        ChannelState state = turn.State;
        bool fits = state.Ledger.TryApply(changes, out Ledger? next, out string? code);
        Invariant.Holds(fits, $"the client's own changes fit its own state: {code}");
        Invariant.Holds(next!.Body.Cumulative >= state.Ledger.Body.Cumulative, "a client never pays less than it paid");

        ulong seq = next.Body.Seq;
        int orders = 0;
        ImmutableSortedDictionary<ulong, JobMeter>.Builder jobs = state.Jobs.ToBuilder();
        foreach (ChannelChange change in changes)
        {
            switch (change)
            {
                case ChannelChange.AddLock add:
                    JobOrder order = state.Orders[orders++];
                    jobs.Add(add.JobId, new JobMeter
                    {
                        JobId = add.JobId,
                        JobHash = order.JobHash,
                        Prices = order.Prices,
                        Prepay = order.Prepay,
                        LockSeq = seq,
                        ReceiptKey = order.ReceiptKey,
                    });
                    break;
                case ChannelChange.CloseJob close:
                    jobs.Remove(close.JobId);
                    break;
                case ChannelChange.DropLock drop:
                    jobs.Remove(drop.JobId);
                    break;
            }
        }

        turn.State = state with
        {
            Ledger = next,
            Jobs = jobs.ToImmutable(),
            Orders = state.Orders.RemoveRange(0, orders),
            Open = state.Open.Add(new StateRecord(next.Body, changes, null, turn.Now)),
            BatchedSeq = turn.State.BatchedSeq,
        };
        turn.Record(new Signable.State(next.Body));
        turn.Emit(new ChannelEffect.SignState(next.Body, changes));
    }

    private static void RefuseHopelessOrders(Turn turn)
    {
        NanoTon locked = turn.State.Ledger.Locked;
        List<JobOrder> kept = [];
        foreach (JobOrder order in turn.State.Orders)
        {
            string? code = Refusal(turn, order, locked, kept.Count);
            if (code is null)
            {
                kept.Add(order);
                locked += order.Cap;
            }
            else
            {
                turn.Emit(new ChannelEffect.JobStop(0, order.JobHash, code));
            }
        }

        if (kept.Count < turn.State.Orders.Length)
        {
            turn.State = turn.State with { Orders = [.. kept] };
        }
    }

    private static string? Refusal(Turn turn, JobOrder order, NanoTon locked, int waiting) => turn switch
    {
        { State.Phase: ChannelPhase.Proposed or ChannelPhase.Funding } => PaymentCode.NotOpen,
        { MaySign: false } or { State.Phase: not ChannelPhase.Open } => PaymentCode.Closing,
        { ChainIsFresh: false } => PaymentCode.ChainStale,
        { State.Stalled: true } => PaymentCode.NoAck,
        _ when order.Cap == NanoTon.Zero || order.Cap > turn.Settings.Policy.MaxPerJob => PaymentCode.CapTooHigh,
        _ when locked + order.Cap > turn.Settings.Policy.MaxLocked => PaymentCode.CapTooHigh,
        _ when Deposits.Free(turn.State.Chain!, turn.State.Ledger.Body.Cumulative, locked) < order.Cap => PaymentCode.Deposit,
        _ when turn.State.Ledger.Locks.Count + waiting >= Limits.LocksPerChannel => PaymentCode.TooManyLocks,
        _ => null,
    };
}
