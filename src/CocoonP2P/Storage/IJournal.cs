using CocoonP2P.Ton;

namespace CocoonP2P.Storage;

/// <summary>What must survive: channels, what was signed, finished jobs, transfers on their way.</summary>
internal interface IJournal
{
    /// <summary>Bumped at each start.</summary>
    ulong Generation { get; }

    /// <summary>Makes all rows durable, or none; complete only then.</summary>
    /// <exception cref="JournalException">A record says something else under the same key, or the disk refuses.</exception>
    ValueTask WriteAsync(IReadOnlyList<JournalWrite> writes, CancellationToken cancellation);

    /// <summary>Whether this very hash is durable under this key.</summary>
    bool Holds(RecordKey key, Bits256 hash);

    /// <summary>All channels, as last written, and whether the journal was older than that when this start opened it.</summary>
    IReadOnlyList<ChannelRow> Channels();

    /// <summary>The jobs of the batch that follows a root.</summary>
    IReadOnlyList<JobLeaf> Leaves(Bits256 channel, ulong epoch, Bits256 previous);

    /// <summary>A transfer by its name; null for none.</summary>
    IntentRow? Intent(string name);

    /// <summary>Transfers without an outcome, by seqno.</summary>
    IReadOnlyList<IntentRow> OpenIntents();

    /// <summary>What was learnt of workers, by peer id.</summary>
    IReadOnlyList<(byte[] Worker, byte[] Record)> Market();
}

/// <summary>A channel's row.</summary>
/// <param name="Channel">Hash part of its address.</param>
/// <param name="Snapshot">As written.</param>
/// <param name="Restored">Whether a later write to it was lost: the file was replaced by an older copy.</param>
internal sealed record ChannelRow(Bits256 Channel, byte[] Snapshot, bool Restored);
