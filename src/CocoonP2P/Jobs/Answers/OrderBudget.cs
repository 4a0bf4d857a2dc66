using CocoonP2P.Protocol;

namespace CocoonP2P.Jobs;

/// <summary>What one order may cost, over all its choices and attempts: each lock is taken from it first, and what was not spent comes back.</summary>
internal sealed class OrderBudget(NanoTon limit)
{
    private readonly Lock _gate = new();
    private NanoTon _spent;
    private NanoTon _reserved;
    private TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NanoTon Limit => limit;

    /// <summary>What no attempt has spent or reserved.</summary>
    public NanoTon Left
    {
        get
        {
            lock (_gate)
            {
                return limit.MinusOrZero(_spent + _reserved);
            }
        }
    }

    /// <summary>What could be left at best, once all that run now have ended.</summary>
    public NanoTon LeftAtBest
    {
        get
        {
            lock (_gate)
            {
                return limit.MinusOrZero(_spent);
            }
        }
    }

    /// <summary>Takes an attempt's highest cost, once others have given back enough; false where it cannot fit any more.</summary>
    public async Task<bool> TryReserveAsync(NanoTon cap, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task freed;
            lock (_gate)
            {
                if (_spent + _reserved + cap <= limit)
                {
                    _reserved += cap;
                    return true;
                }

                if (_spent + cap > limit || _reserved == NanoTon.Zero)
                {
                    return false;
                }

                freed = _freed.Task;
            }

            await freed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The attempt is over and cost this much.</summary>
    public void Settle(NanoTon cap, NanoTon cost)
    {
        TaskCompletionSource freed;
        lock (_gate)
        {
            (_reserved, _spent) = (_reserved - cap, _spent + cost);
            (freed, _freed) = (_freed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        freed.SetResult();
    }
}
