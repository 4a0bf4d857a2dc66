using System.Collections.Immutable;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>The finished jobs that one <c>jobs_root</c> commits to: at most 1,024, and the batch before by its root.</summary>
/// <param name="Previous">Root of the batch before, zero for the first.</param>
/// <param name="Records">Finished jobs by number.</param>
/// <param name="Root">Root over both; zero while there is neither.</param>
internal sealed record JobBatch(Bits256 Previous, ImmutableSortedDictionary<ulong, JobRecord> Records, Bits256 Root)
{
    public static readonly JobBatch Empty = new(default, ImmutableSortedDictionary<ulong, JobRecord>.Empty, default);

    public bool IsFull => Records.Count >= Limits.JobsPerBatch;

    public static JobBatch After(Bits256 root) =>
        Of(root, ImmutableSortedDictionary<ulong, JobRecord>.Empty);

    public static JobBatch Of(Bits256 previous, ImmutableSortedDictionary<ulong, JobRecord> records) =>
        new(previous, records, ChannelCells.JobsRoot(previous, records));

    public JobBatch Add(JobRecord record) => Of(Previous, Records.Add(record.JobId, record));
}
