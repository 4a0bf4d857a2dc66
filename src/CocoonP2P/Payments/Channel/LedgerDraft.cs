using System.Collections.Immutable;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>A state while changes are applied to it, one by one.</summary>
internal sealed class LedgerDraft(Ledger start)
{
    private readonly ImmutableSortedDictionary<ulong, JobLock>.Builder _locks = start.Locks.ToBuilder();
    private JobBatch _batch = start.Batch;
    private ulong _lastJob = start.LastJob;
    private NanoTon _cumulative = start.Body.Cumulative;

    /// <summary>Applies a change, or returns the code of the rule it breaks and changes nothing.</summary>
    public string? Apply(ChannelChange change) => change switch
    {
        ChannelChange.AddLock add => Add(add),
        ChannelChange.Pay pay => Pay(pay),
        ChannelChange.CloseJob close => Close(close),
        ChannelChange.DropLock drop => _locks.Remove(drop.JobId) ? null : PaymentCode.NoSuchJob,
        _ => NewBatch(),
    };

    public Ledger Finish()
    {
        ImmutableSortedDictionary<ulong, JobLock> locks = _locks.ToImmutable();
        StateBody body = new(start.Body.Seq + 1, _cumulative, ChannelCells.LocksHash(locks), _batch.Root);
        return new Ledger(body, _lastJob, locks, _batch);
    }

    private string? Add(ChannelChange.AddLock add)
    {
        if (add.JobId != _lastJob + 1)
        {
            return PaymentCode.JobOutOfOrder;
        }

        if (_locks.Count >= Limits.LocksPerChannel)
        {
            return PaymentCode.TooManyLocks;
        }

        // Each term is below 2⁶³, and so the sum of all that is locked stays.
        NanoTon locked = _locks.Values.Aggregate(NanoTon.Zero, (sum, held) => sum + held.Free);
        if (add.Cap == NanoTon.Zero || add.Cap.Value >= PriceList.AmountLimit - locked.Value)
        {
            return PaymentCode.BadAmount;
        }

        _locks.Add(add.JobId, new JobLock(add.Cap, NanoTon.Zero, add.Expiry, add.ReceiptKey, add.JobHash));
        _lastJob = add.JobId;
        return null;
    }

    private string? Pay(ChannelChange.Pay pay)
    {
        if (!_locks.TryGetValue(pay.JobId, out JobLock? held))
        {
            return PaymentCode.NoSuchJob;
        }

        // Both sides of the sum are below 2⁶³ before it, so it cannot pass 2⁶⁴.
        if (pay.Amount == NanoTon.Zero || pay.Amount > held.Free || (_cumulative + pay.Amount).Value >= PriceList.AmountLimit)
        {
            return PaymentCode.BadAmount;
        }

        _locks[pay.JobId] = held with { Paid = held.Paid + pay.Amount };
        _cumulative += pay.Amount;
        return null;
    }

    private string? Close(ChannelChange.CloseJob close)
    {
        if (!_locks.TryGetValue(close.JobId, out JobLock? held))
        {
            return PaymentCode.NoSuchJob;
        }

        if (_batch.IsFull)
        {
            return PaymentCode.BatchFull;
        }

        _locks.Remove(close.JobId);
        _batch = _batch.Add(new JobRecord(close.JobId, held.Paid, held.JobHash, close.ResultHash));
        return null;
    }

    private string? NewBatch()
    {
        if (_batch.Records.IsEmpty)
        {
            return PaymentCode.BatchEmpty;
        }

        _batch = JobBatch.After(_batch.Root);
        return null;
    }
}
