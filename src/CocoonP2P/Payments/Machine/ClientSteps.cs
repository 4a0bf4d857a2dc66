using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>What a client does with what happens; what it then signs is <see cref="ClientWriter"/>'s.</summary>
internal static class ClientSteps
{
    public static void Fund(Turn turn, ChannelEvent.FundWanted want)
    {
        if (turn.State.Phase != ChannelPhase.Proposed)
        {
            return;
        }

        turn.State = turn.State with { Deposit = want.Deposit };
        turn.Save();
        turn.Emit(new ChannelEffect.Send(new ChannelTermsMessage(turn.Channel, turn.Settings.Terms)));
    }

    public static void Agreed(Turn turn, ChannelAgreed message)
    {
        if (turn.State.Phase != ChannelPhase.Proposed || turn.State.Deposit == NanoTon.Zero)
        {
            return;
        }

        if (!SignatureCheck.Holds(turn.Settings.PeerKey, PaymentSigningBytes.Terms(turn.Settings), message.WorkerSignature))
        {
            turn.Fault(PaymentCode.BadSignature, Consequence.Ban, "under the channel's terms");
            return;
        }

        turn.State = turn.State with { Phase = ChannelPhase.Funding };
        turn.Save();
    }

    public static void TopUp(Turn turn, ChannelEvent.TopUpWanted want)
    {
        if (!turn.MaySign)
        {
            return;
        }

        turn.State = turn.State with { TopUps = turn.State.TopUps + 1 };
        turn.Save();
        turn.Submit(new ChannelTx.TopUp(turn.State.TopUps, want.Amount));
    }

    public static void Received(Turn turn, ChannelEvent.ChunkReceived chunk)
    {
        if (!turn.State.Jobs.TryGetValue(chunk.JobId, out JobMeter? job) || job.Ended)
        {
            return;
        }

        if (!job.Prices!.TryCost(chunk.Total, out NanoTon? cost))
        {
            turn.Stop(job, PaymentCode.BadAmount);
            return;
        }

        turn.Put(job with { Owed = NanoTon.Max(job.Owed, cost.Value) });

        // The worker delivered more than the request allowed: what is above the cap is its own loss, and the job ends.
        if (cost > turn.State.Ledger.Locks[job.JobId].Cap)
        {
            turn.Stop(turn.State.Jobs[job.JobId], PaymentCode.CapTooLow);
        }
    }

    public static void Acked(Turn turn, StateAck ack)
    {
        ChannelState state = turn.State;
        int at = IndexOf(state, ack.Seq);
        if (at < 0)
        {
            // An ack that was already counted, or of an epoch before a restart.
            return;
        }

        StateRecord record = state.Open[at];
        if (!turn.PeerSigned(ChannelCells.StateHash(state.Settings, state.Epoch, record.Body), ack.WorkerSignature))
        {
            turn.Fault(PaymentCode.BadSignature, Consequence.Ban, "under an ack");
            return;
        }

        turn.State = state with
        {
            Held = record with { PeerSignature = ack.WorkerSignature },
            Open = state.Open.RemoveRange(0, at + 1),
            Stalled = false,
        };
        foreach (JobMeter job in state.Jobs.Values)
        {
            if (!job.Started && !job.Ended && job.LockSeq <= ack.Seq)
            {
                turn.Put(job with { Started = true });
                turn.Emit(new ChannelEffect.JobGo(job.JobId, job.JobHash));
            }
        }
    }

    public static void Rejected(Turn turn, StateReject reject)
    {
        int at = IndexOf(turn.State, reject.Seq);
        if (at < 0 || turn.State.Open[at].Refusal is not null)
        {
            return;
        }

        StateRecord record = turn.State.Open[at];
        turn.State = turn.State with { Open = turn.State.Open.SetItem(at, record with { Refusal = reject.Code }), Stalled = false };
        bool refused = false;
        foreach (ChannelChange.AddLock add in record.Changes.OfType<ChannelChange.AddLock>())
        {
            refused = true;
            if (turn.State.Jobs.TryGetValue(add.JobId, out JobMeter? job))
            {
                turn.Stop(job with { Refused = true }, reject.Code);
            }
        }

        // A state is refused for its own locks, or for an earlier one's that it still carries. For nothing else.
        if (!refused && !turn.State.Open.Take(at).Any(earlier => earlier.Refusal is not null))
        {
            turn.Fault(reject.Code, Consequence.Disconnect, "the worker refused a state without a new lock");
        }
    }

    public static void Receipt(Turn turn, JobReceipt receipt)
    {
        if (!turn.State.Jobs.TryGetValue(receipt.JobId, out JobMeter? job) || job.Refused)
        {
            return;
        }

        ReceiptBody body = new(receipt.JobId, receipt.Total, ChannelCells.ResultHash(receipt.Result));
        if (receipt.Result.JobHash != job.JobHash || !SignatureCheck.Holds(
            job.ReceiptKey, ChannelCells.ReceiptHash(turn.Settings, turn.State.Epoch, body), receipt.ReceiptSignature))
        {
            turn.Fault(PaymentCode.BadSignature, Consequence.Ban, "under a receipt");
            return;
        }

        turn.Put(job with { ResultHash = body.ResultHash });
        turn.Emit(new ChannelEffect.ReceiptCame(receipt.JobId, receipt.Result));
        if (job.Prices is { } prices && (!prices.TryCost(receipt.Result.Usage, out NanoTon? cost) || cost > job.Owed))
        {
            // The client pays its own count; what the worker claims beyond is recorded, never paid.
            turn.Emit(new ChannelEffect.Alarm(PaymentCode.UsageMismatch));
        }
    }

    public static void Tick(Turn turn)
    {
        if (!turn.State.Open.IsEmpty && !turn.State.Stalled && turn.Now - turn.State.Open[0].SentAt > PaymentTimes.AckWait)
        {
            turn.State = turn.State with { Stalled = true };
            turn.StopJobs(PaymentCode.NoAck);
        }
    }

    private static int IndexOf(ChannelState state, ulong seq)
    {
        for (int at = 0; at < state.Open.Length; at++)
        {
            if (state.Open[at].Body.Seq == seq)
            {
                return at;
            }
        }

        return -1;
    }
}
