using System.Collections.Immutable;

namespace CocoonP2P.Payments;

/// <summary>When a worker countersigns a well-formed state, docs/protocol/payments.md, "What a worker accepts".</summary>
internal static class LockRules
{
    /// <summary>The code of the rule that the state breaks, or null.</summary>
    public static string? Refusal(Turn turn, ImmutableArray<ChannelChange> changes, Ledger next)
    {
        if (turn.InSilence)
        {
            return PaymentCode.Silence;
        }

        foreach (ChannelChange.DropLock drop in changes.OfType<ChannelChange.DropLock>())
        {
            if (!MayDrop(turn, drop.JobId))
            {
                return PaymentCode.DropRefused;
            }
        }

        List<ChannelChange.AddLock> added = [.. changes.OfType<ChannelChange.AddLock>()];
        if (added.Count > 0 && RefuseLocks(turn, added, next) is { } code)
        {
            return code;
        }

        // An earlier lock was refused and is still inside: no state that carries it is countersigned.
        return turn.State.Open.Select(record => record.Refusal).LastOrDefault() is { } earlier
            && turn.State.Jobs.Values.Any(job => job.Refused && next.Locks.ContainsKey(job.JobId))
            ? earlier
            : null;
    }

    private static bool MayDrop(Turn turn, ulong jobId) =>
        !turn.State.Ledger.Locks.TryGetValue(jobId, out JobLock? held)
        || (turn.State.Jobs.TryGetValue(jobId, out JobMeter? job) && job.Refused)
        || turn.State.Chain!.BlockTime > held.Expiry;

    private static string? RefuseLocks(Turn turn, List<ChannelChange.AddLock> added, Ledger next)
    {
        if (turn.State.Phase != ChannelPhase.Open)
        {
            return PaymentCode.Closing;
        }

        if (turn.State.Chain is not { Status: ChannelAccount.Open } chain || !turn.ChainIsFresh)
        {
            return PaymentCode.ChainStale;
        }

        if (!Deposits.Cover(chain, next.Body.Cumulative, next.Locked))
        {
            return PaymentCode.Deposit;
        }

        uint nearest = turn.Seconds + PaymentTimes.ShortestLock(turn.Settings) - Turn.ClockSlack;
        uint furthest = turn.Seconds + PaymentTimes.LongestLock + Turn.ClockSlack;
        return added.Any(add => add.Expiry < nearest || add.Expiry > furthest) ? PaymentCode.Expiry : null;
    }
}
