using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>Lets a worker's jobs start and deliver as far as its credit goes: what is delivered and not yet paid for, over
/// all jobs of the channel, never exceeds it.</summary>
internal static class WorkerGate
{
    public static void Want(Turn turn, JobOrder order)
    {
        JobMeter? job = turn.State.Jobs.Values.FirstOrDefault(job => job.JobHash == order.JobHash && job.Prices is null);
        if (job is { Refused: false, Ended: false })
        {
            turn.Put(Fill(turn, job, order));
        }
        else if (turn.State.Orders.Length >= Limits.LocksPerChannel)
        {
            turn.Emit(new ChannelEffect.JobStop(0, order.JobHash, PaymentCode.TooManyLocks));
        }
        else
        {
            turn.State = turn.State with { Orders = turn.State.Orders.Add(order) };
        }
    }

    /// <summary>Joins a lock and the request it was made for.</summary>
    public static JobMeter Fill(Turn turn, JobMeter job, JobOrder order)
    {
        turn.State = turn.State with { Orders = turn.State.Orders.Remove(order) };
        return job with
        {
            Prices = order.Prices,
            LeastCap = order.Cap,
            Prepay = order.Prepay,
            Reserved = order.FirstChunk,
            ReceiptKey = order.ReceiptKey,
        };
    }

    public static void Ready(Turn turn, ChannelEvent.ChunkReady chunk)
    {
        if (!turn.State.Jobs.TryGetValue(chunk.JobId, out JobMeter? job) || job.Ended || !job.Started)
        {
            return;
        }

        if (!job.Prices!.TryCost(chunk.Total, out NanoTon? cost) || cost > turn.State.Ledger.Locks[job.JobId].Cap)
        {
            turn.Stop(job, PaymentCode.CapTooLow);
            return;
        }

        turn.Put(job with { Waiting = NanoTon.Max(job.Owed, cost.Value) });
    }

    public static void Done(Turn turn, ChannelEvent.JobDone done)
    {
        if (!turn.State.Jobs.TryGetValue(done.JobId, out JobMeter? job) || !job.ResultHash.IsZero)
        {
            // Closed already, or receipted already: one receipt a job.
            return;
        }

        NanoTon total = NanoTon.Min(job.Owed, turn.State.Ledger.Locks[job.JobId].Cap);
        ReceiptBody body = new(job.JobId, total, ChannelCells.ResultHash(done.Result));
        turn.Put(job with { Ended = true, Waiting = null, ResultHash = body.ResultHash });
        turn.Record(new Signable.Receipt(body));
        turn.Emit(new ChannelEffect.SignReceipt(body, done.Result));
    }

    public static void Signed(Turn turn, ChannelEvent.ReceiptSigned signed)
    {
        if (turn.State.Ledger.Locks.TryGetValue(signed.Body.JobId, out JobLock? held) && !held.ReceiptKey.IsZero)
        {
            ReceiptClaim claim = new(signed.Body.JobId, signed.Body.Total, signed.Body.ResultHash, signed.Signature);
            turn.State = turn.State with { Claims = turn.State.Claims.SetItem(claim.JobId, claim) };
            turn.Save();
        }
    }

    /// <summary>Starts and releases whatever the credit now allows, in the order of the jobs.</summary>
    public static void Release(Turn turn)
    {
        if (turn.State.CloseSeen || turn.State.Phase is not (ChannelPhase.Open or ChannelPhase.Draining))
        {
            return;
        }

        foreach (JobMeter job in turn.State.Jobs.Values.Where(job => !job.Ended && !job.Refused && job.Prices is not null))
        {
            JobLock held = turn.State.Ledger.Locks[job.JobId];
            if (!job.Started)
            {
                Start(turn, job, held);
            }
            else if (job.Waiting is { } cost && cost <= job.Reserved)
            {
                turn.Put(job with { Owed = cost, Waiting = null });
                turn.Emit(new ChannelEffect.ChunkGo(job.JobId, job.JobHash));
            }
            else if (job.Waiting is { } more && Fits(turn, job with { Owed = more, Reserved = NanoTon.Zero }))
            {
                turn.Put(job with { Owed = more, Waiting = null, Reserved = NanoTon.Zero });

                // Durable before it is delivered: a worker that forgot in a crash what it is owed would extend its credit anew.
                turn.Save();
                turn.Emit(new ChannelEffect.ChunkGo(job.JobId, job.JobHash));
            }
        }

        if (turn.Saves)
        {
            ReserveAhead(turn);
        }
    }

    /// <summary>A step that is written anyway also writes what the next chunk of each job will be owed, so that the chunk need
    /// not wait for the disk. Only while nobody waits for credit, and from no more than half of it.</summary>
    private static void ReserveAhead(Turn turn)
    {
        if (turn.State.Jobs.Values.Any(job => job is { Ended: false, Refused: false, Prices: not null } and ({ Started: false } or { Waiting: not null })))
        {
            return;
        }

        NanoTon half = new(turn.Settings.Policy.Credit.Value / 2);
        foreach (JobMeter job in turn.State.Jobs.Values.Where(job => job is { Started: true, Ended: false }))
        {
            NanoTon cap = turn.State.Ledger.Locks[job.JobId].Cap;
            if (job.Prices!.TryCost(new Usage(Completion: Limits.ChunkTokens), out NanoTon? chunk))
            {
                JobMeter wanted = job with { Reserved = NanoTon.Max(job.Reserved, NanoTon.Min(job.Owed + chunk.Value, cap)) };
                if (Fits(turn, wanted, half))
                {
                    turn.Put(wanted);
                }
            }
        }
    }

    private static void Start(Turn turn, JobMeter job, JobLock held)
    {
        if (held.Cap < job.LeastCap)
        {
            turn.Stop(job, PaymentCode.CapTooLow);
        }
        else if (turn.State.Debt + job.Exposure(held.Paid) > turn.Settings.Policy.Credit)
        {
            // What was delivered and never paid fills the credit for good: waiting for vouchers would wait for ever.
            turn.Stop(job, PaymentCode.CreditSpent);
        }
        else if (held.Paid >= job.Prepay && turn.State.Held?.Body.Seq >= job.LockSeq && Fits(turn, job))
        {
            // The first chunk's reservation becomes durable with this step. Computing may begin meanwhile: nothing of it is
            // delivered before this engine's next step.
            turn.Put(job with { Started = true });
            turn.Save();
            turn.EmitAhead(new ChannelEffect.JobGo(job.JobId, job.JobHash));
        }
    }

    /// <summary>Whether the credit covers this job as it would be, and all other started jobs as they are.</summary>
    private static bool Fits(Turn turn, JobMeter wanted) => Fits(turn, wanted, turn.Settings.Policy.Credit);

    private static bool Fits(Turn turn, JobMeter wanted, NanoTon within)
    {
        NanoTon sum = turn.State.Debt;
        foreach (JobMeter job in turn.State.Jobs.Values.Where(job => job.Started || job.JobId == wanted.JobId))
        {
            NanoTon paid = turn.State.Ledger.Locks[job.JobId].Paid;
            sum += job.JobId == wanted.JobId ? wanted.Exposure(paid) : job.Exposure(paid);
        }

        return sum <= within;
    }
}
