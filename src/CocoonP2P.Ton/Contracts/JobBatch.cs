namespace CocoonP2P.Ton.Contracts;

// record#4a435403 job_id:uint64 amount:Coins job_hash:uint256 result_hash:uint256 = JobRecord;

/// <summary>What a finished job cost and what it promised and gave: the leaf that a settlement commits to.</summary>
internal sealed record JobRecord(ulong JobId, Coins Amount, Bits256 JobHash, Bits256 ResultHash)
{
    public const uint Tag = 0x4A435403;

    public Cell ToCell() => new CellBuilder()
        .StoreUint(Tag, 32)
        .StoreUint(JobId, 64)
        .StoreCoins(Amount)
        .StoreBits256(JobHash)
        .StoreBits256(ResultHash)
        .EndCell();
}

/// <summary><c>Hashmap 64 uint256</c>: job id to the hash of its record, and key 0 to the root of the batch before.</summary>
internal static class JobBatch
{
    /// <summary>The most jobs in a batch, so that both sides need bounded memory.</summary>
    public const int MaxJobs = 1_024;

    public static readonly HashmapOptions<ulong, Bits256> Options = new(
        64,
        static (target, id) => target.StoreUint(id, 64),
        static source => source.LoadUint(64),
        static (target, hash) => target.StoreBits256(hash),
        static source => source.LoadBits256());

    /// <summary>The dictionary's root; it is never empty, since key 0 is always there.</summary>
    public static Cell ToCell(Bits256 previous, IEnumerable<KeyValuePair<ulong, Bits256>> recordHashes)
    {
        var dictionary = new HashmapE<ulong, Bits256>(Options);
        foreach ((ulong id, Bits256 hash) in recordHashes)
        {
            dictionary.Set(id, hash);
        }

        dictionary.Set(0, previous);
        return dictionary.ToCell()!;
    }

    /// <summary>What <see cref="ChannelRoots.JobsRoot"/> must be.</summary>
    public static Bits256 RootOf(Bits256 previous, IEnumerable<KeyValuePair<ulong, Bits256>> recordHashes) =>
        ToCell(previous, recordHashes).Hash;
}
