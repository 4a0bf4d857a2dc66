using System.Collections.Immutable;
using CocoonP2P.Protocol;
using CocoonP2P.Storage;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>A channel's rows in the journal: its snapshot, what was signed, its finished jobs.</summary>
internal sealed class JournalStore(IJournal journal)
{
    /// <summary>Makes a step durable.</summary>
    /// <param name="before">The state last written; its records are not written again.</param>
    /// <param name="persist">The barrier.</param>
    /// <param name="cancellation">Ends the wait for a place in the queue, not a write that has one.</param>
    public ValueTask WriteAsync(ChannelState before, ChannelEffect.Persist persist, CancellationToken cancellation)
    {
        ChannelState state = persist.State;
        Bits256 channel = state.Settings.Address.Hash;
        List<JournalWrite> writes = [];
        foreach (Signable record in persist.Records)
        {
            (RecordKind kind, ulong number, Bits256 hash) = Describe(state.Settings, state.Epoch, record);
            writes.Add(new JournalWrite.AddRecord(new RecordKey(channel, state.Epoch, kind, number), hash));
        }

        if (state.Ledger.Batch != before.Ledger.Batch)
        {
            bool same = state.Ledger.Batch.Previous == before.Ledger.Batch.Previous;
            foreach ((ulong job, JobRecord record) in state.Ledger.Batch.Records)
            {
                if (!same || !before.Ledger.Batch.Records.ContainsKey(job))
                {
                    JobLeaf leaf = new(job, record.Amount.Value, record.JobHash, record.ResultHash);
                    writes.Add(new JournalWrite.AddLeaf(channel, state.Epoch, state.Ledger.Batch.Previous, leaf));
                }
            }
        }

        writes.Add(new JournalWrite.PutChannel(channel, SnapshotCodec.Encode(state)));
        return journal.WriteAsync(writes, cancellation);
    }

    /// <summary>All channels as of this start.</summary>
    /// <exception cref="JournalException">A snapshot is damaged, or its jobs do not make its root.</exception>
    public IReadOnlyList<ChannelState> Load() => [.. journal.Channels().Select(Load)];

    /// <summary>What stands in the journal for a signature.</summary>
    public static (RecordKind Kind, ulong Number, Bits256 Hash) Describe(ChannelSettings channel, ulong epoch, Signable record) => record switch
    {
        Signable.State state => (RecordKind.State, state.Body.Seq, ChannelCells.StateHash(channel, epoch, state.Body)),
        Signable.Receipt receipt => (RecordKind.Receipt, receipt.Body.JobId, ChannelCells.ReceiptHash(channel, epoch, receipt.Body)),
        Signable.Final final => (RecordKind.Final, final.Body.ValidUntil, ChannelCells.FinalHash(channel, epoch, final.Body)),
        _ => throw new NotSupportedException("a record of no known kind"),
    };

    private ChannelState Load(ChannelRow row)
    {
        if (!SnapshotCodec.TryDecode(row.Snapshot, out ChannelState? state))
        {
            throw new JournalException(JournalException.Broken, $"the snapshot of channel {row.Channel} is damaged");
        }

        JobBatch kept = state.Ledger.Batch;
        IReadOnlyList<JobLeaf> leaves = journal.Leaves(row.Channel, state.Epoch, kept.Previous);
        JobBatch batch = leaves.Count == 0 && kept.Previous.IsZero
            ? JobBatch.Empty
            : JobBatch.Of(kept.Previous, leaves.ToImmutableSortedDictionary(
                leaf => leaf.JobId, leaf => new JobRecord(leaf.JobId, new NanoTon(leaf.Amount), leaf.JobHash, leaf.ResultHash)));
        if (batch.Root != kept.Root)
        {
            throw new JournalException(JournalException.Broken, $"the jobs of channel {row.Channel} do not make its root");
        }

        return Restart.Of(state with { Ledger = state.Ledger with { Batch = batch } }, journal.Generation, row.Restored);
    }
}
