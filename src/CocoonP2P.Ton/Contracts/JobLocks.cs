namespace CocoonP2P.Ton.Contracts;

// lock$_ cap:Coins paid:Coins expiry:uint32 receipt_key:uint256 job_hash:uint256 = JobLock;

/// <summary>Money set aside for one running job.</summary>
/// <param name="Cap">The most the job may cost.</param>
/// <param name="Paid">What vouchers have paid for it so far.</param>
/// <param name="Expiry">Unix seconds after which no receipt counts.</param>
/// <param name="ReceiptKey">The enclave's key, or zero: then only vouchers pay this job.</param>
/// <param name="JobHash">The hash of its <see cref="JobTerms"/>.</param>
internal readonly record struct JobLock(Coins Cap, Coins Paid, uint Expiry, Bits256 ReceiptKey, Bits256 JobHash);

/// <summary>The open locks of a channel: <c>Hashmap 64 JobLock</c> by job id.</summary>
internal static class JobLocks
{
    /// <summary>The most locks a worker accepts; gas of a claim is measured up to this.</summary>
    public const int MaxCount = 32;

    public static readonly HashmapOptions<ulong, JobLock> Options = new(
        64,
        static (target, id) => target.StoreUint(id, 64),
        static source => source.LoadUint(64),
        static (target, entry) => target
            .StoreCoins(entry.Cap)
            .StoreCoins(entry.Paid)
            .StoreUint(entry.Expiry, 32)
            .StoreBits256(entry.ReceiptKey)
            .StoreBits256(entry.JobHash),
        static source => new JobLock(
            source.LoadCoins(), source.LoadCoins(), (uint)source.LoadUint(32), source.LoadBits256(), source.LoadBits256()));

    /// <summary>The dictionary's root, null where there is no lock.</summary>
    public static Cell? ToCell(IEnumerable<KeyValuePair<ulong, JobLock>> locks)
    {
        var dictionary = new HashmapE<ulong, JobLock>(Options);
        foreach ((ulong id, JobLock entry) in locks)
        {
            dictionary.Set(id, entry);
        }

        return dictionary.ToCell();
    }

    /// <summary>What <see cref="ChannelRoots.LocksHash"/> must be: zero where there is no lock.</summary>
    public static Bits256 HashOf(IEnumerable<KeyValuePair<ulong, JobLock>> locks) => ToCell(locks)?.Hash ?? default;

    /// <summary>Reads a dictionary of at most <see cref="MaxCount"/> locks.</summary>
    public static bool TryParse(Cell? root, out IReadOnlyCollection<KeyValuePair<ulong, JobLock>> locks)
    {
        bool read = HashmapE<ulong, JobLock>.TryParse(root, Options, out HashmapE<ulong, JobLock>? dictionary, MaxCount);
        locks = dictionary?.Entries ?? [];
        return read;
    }
}
