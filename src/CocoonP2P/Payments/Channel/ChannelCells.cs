using System.Collections.Immutable;
using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using Onchain = CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Payments;

/// <summary>The hashes that both sides sign or commit to, each of a cell built here from fields: nothing that a peer
/// built is ever signed. The layouts are the contract wrapper's.</summary>
internal static class ChannelCells
{
    public static Bits256 StateHash(ChannelSettings channel, ulong epoch, StateBody body) =>
        new Onchain.StateBody(Scope(channel, epoch), body.Seq, body.Cumulative.Value, new ChannelRoots(body.LocksHash, body.JobsRoot))
            .ToCell().Hash;

    public static Bits256 FinalHash(ChannelSettings channel, ulong epoch, FinalBody body) =>
        new Onchain.FinalBody(Scope(channel, epoch), body.Seq, body.Cumulative.Value, body.ValidUntil, body.JobsRoot).ToCell().Hash;

    public static Bits256 ReceiptHash(ChannelSettings channel, ulong epoch, ReceiptBody body) => Receipt(channel, epoch, body).ToCell().Hash;

    public static Onchain.ReceiptBody Receipt(ChannelSettings channel, ulong epoch, ReceiptBody body) =>
        new(Scope(channel, epoch), body.JobId, body.Total.Value, body.ResultHash);

    public static Bits256 ResultHash(JobResult result)
    {
        Usage used = result.Usage;
        JobUsage usage = new(used.Prompt, used.Cached, used.Completion, used.Reasoning, used.BytesIn, used.BytesOut);
        return new Onchain.JobResult(result.JobHash, result.Output, result.Started, result.Ended, usage).ToCell().Hash;
    }

    public static Bits256 LocksHash(ImmutableSortedDictionary<ulong, JobLock> locks) => LocksCell(locks)?.Hash ?? default;

    public static Cell? LocksCell(ImmutableSortedDictionary<ulong, JobLock> locks) => JobLocks.ToCell(locks.Select(held =>
        KeyValuePair.Create(held.Key, new Onchain.JobLock(
            held.Value.Cap.Value, held.Value.Paid.Value, held.Value.Expiry, held.Value.ReceiptKey, held.Value.JobHash))));

    public static Bits256 JobsRoot(Bits256 previous, ImmutableSortedDictionary<ulong, JobRecord> records) =>
        Onchain.JobBatch.RootOf(previous, records.Select(record => KeyValuePair.Create(record.Key, RecordHash(record.Value))));

    private static Bits256 RecordHash(JobRecord record) =>
        new Onchain.JobRecord(record.JobId, record.Amount.Value, record.JobHash, record.ResultHash).ToCell().Hash;

    // The address is the one computed when the channel was made: computing it again would build the code's cells each time.
    private static ChannelScope Scope(ChannelSettings channel, ulong epoch) => new(channel.Terms.NetworkId, channel.Address, epoch);
}
