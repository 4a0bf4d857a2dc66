using System.Collections.Immutable;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>The hashes that both sides sign or commit to, each of a cell built here from fields: nothing that a peer
/// built is ever signed.</summary>
internal static class ChannelCells
{
    private const uint StateTag = 0x4a435301;
    private const uint ReceiptTag = 0x4a435302;
    private const uint FinalTag = 0x4a435303;
    private const uint ResultTag = 0x4a435402;
    private const uint RecordTag = 0x4a435403;

    private static readonly HashmapOptions<ulong, JobLock> LockTable = new(
        64,
        (cell, id) => cell.StoreUint(id, 64),
        cell => (ulong)cell.LoadUint(64),
        (cell, held) => cell.StoreCoins(held.Cap.Value).StoreCoins(held.Paid.Value).StoreUint(held.Expiry, 32)
            .StoreBits256(held.ReceiptKey).StoreBits256(held.JobHash),
        _ => throw new NotSupportedException("locks are built here, never read"));

    private static readonly HashmapOptions<ulong, Bits256> HashTable = new(
        64,
        (cell, id) => cell.StoreUint(id, 64),
        cell => (ulong)cell.LoadUint(64),
        (cell, hash) => cell.StoreBits256(hash),
        cell => cell.LoadBits256());

    public static Bits256 StateHash(ChannelSettings channel, ulong epoch, StateBody body) =>
        Head(StateTag, channel, epoch)
            .StoreUint(body.Seq, 64)
            .StoreCoins(body.Cumulative.Value)
            .StoreRef(new CellBuilder().StoreBits256(body.LocksHash).StoreBits256(body.JobsRoot).EndCell())
            .EndCell().Hash;

    public static Bits256 FinalHash(ChannelSettings channel, ulong epoch, FinalBody body) =>
        Head(FinalTag, channel, epoch)
            .StoreUint(body.Seq, 64)
            .StoreCoins(body.Cumulative.Value)
            .StoreUint(body.ValidUntil, 32)
            .StoreBits256(body.JobsRoot)
            .EndCell().Hash;

    public static Bits256 ReceiptHash(ChannelSettings channel, ulong epoch, ReceiptBody body) =>
        Head(ReceiptTag, channel, epoch)
            .StoreUint(body.JobId, 64)
            .StoreCoins(body.Total.Value)
            .StoreBits256(body.ResultHash)
            .EndCell().Hash;

    public static Bits256 ResultHash(JobResult result) =>
        new CellBuilder()
            .StoreUint(ResultTag, 32)
            .StoreBits256(result.JobHash)
            .StoreBits256(result.Output)
            .StoreUint(result.Started, 32)
            .StoreUint(result.Ended, 32)
            .StoreRef(new CellBuilder()
                .StoreUint(result.Usage.Prompt, 32)
                .StoreUint(result.Usage.Cached, 32)
                .StoreUint(result.Usage.Completion, 32)
                .StoreUint(result.Usage.Reasoning, 32)
                .StoreUint(result.Usage.BytesIn, 64)
                .StoreUint(result.Usage.BytesOut, 64)
                .EndCell())
            .EndCell().Hash;

    public static Bits256 LocksHash(ImmutableSortedDictionary<ulong, JobLock> locks) => LocksCell(locks)?.Hash ?? default;

    public static Cell? LocksCell(ImmutableSortedDictionary<ulong, JobLock> locks)
    {
        HashmapE<ulong, JobLock> table = new(LockTable);
        foreach ((ulong id, JobLock held) in locks)
        {
            table.Set(id, held);
        }

        return table.ToCell();
    }

    public static Bits256 JobsRoot(Bits256 previous, ImmutableSortedDictionary<ulong, JobRecord> records)
    {
        HashmapE<ulong, Bits256> table = new(HashTable);
        if (!previous.IsZero)
        {
            table.Set(0, previous);
        }

        foreach ((ulong id, JobRecord record) in records)
        {
            table.Set(id, RecordHash(record));
        }

        return table.ToCell()?.Hash ?? default;
    }

    private static Bits256 RecordHash(JobRecord record) =>
        new CellBuilder()
            .StoreUint(RecordTag, 32)
            .StoreUint(record.JobId, 64)
            .StoreCoins(record.Amount.Value)
            .StoreBits256(record.JobHash)
            .StoreBits256(record.ResultHash)
            .EndCell().Hash;

    private static CellBuilder Head(uint tag, ChannelSettings channel, ulong epoch) =>
        new CellBuilder()
            .StoreUint(tag, 32)
            .StoreInt(channel.Terms.NetworkId, 32)
            .StoreAddress(channel.Address)
            .StoreUint(epoch, 64);
}
