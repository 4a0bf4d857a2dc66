using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>What a state says: the sum paid, the open locks, the finished jobs. Both sides compute it and sign only what
/// they computed.</summary>
/// <param name="Body">The same, as hashes.</param>
/// <param name="LastJob">Number of the newest job of the epoch, 0 before the first.</param>
/// <param name="Locks">Open locks by job.</param>
/// <param name="Batch">Records of finished jobs.</param>
internal sealed record Ledger(StateBody Body, ulong LastJob, ImmutableSortedDictionary<ulong, JobLock> Locks, JobBatch Batch)
{
    public static readonly Ledger Empty =
        new(StateBody.Initial, 0, ImmutableSortedDictionary<ulong, JobLock>.Empty, JobBatch.Empty);

    /// <summary>Σ (cap − paid) over the open locks: what is spoken for.</summary>
    public NanoTon Locked => Locks.Values.Aggregate(NanoTon.Zero, (sum, held) => sum + held.Free);

    /// <summary>The state after these changes; false with the broken rule's code where one does not fit.</summary>
    public bool TryApply(
        IEnumerable<ChannelChange> changes, [NotNullWhen(true)] out Ledger? next, [NotNullWhen(false)] out string? code)
    {
        LedgerDraft draft = new(this);
        foreach (ChannelChange change in changes)
        {
            code = draft.Apply(change);
            if (code is not null)
            {
                next = null;
                return false;
            }
        }

        code = null;
        next = draft.Finish();
        return true;
    }
}
