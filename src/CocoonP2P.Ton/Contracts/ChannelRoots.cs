namespace CocoonP2P.Ton.Contracts;

// roots$_ locks_hash:uint256 jobs_root:uint256 = Roots;

/// <summary>What a state commits to beside money.</summary>
/// <param name="LocksHash">The root hash of the open <see cref="JobLocks"/>, zero where there are none.</param>
/// <param name="JobsRoot">The root of the finished jobs' records.</param>
internal readonly record struct ChannelRoots(Bits256 LocksHash, Bits256 JobsRoot)
{
    public Cell ToCell() => new CellBuilder().StoreBits256(LocksHash).StoreBits256(JobsRoot).EndCell();

    /// <summary>Reads an ordinary cell of exactly 512 bits; the contract refuses any other.</summary>
    public static bool TryParse(Cell cell, out ChannelRoots roots)
    {
        CellSlice slice = cell.BeginParse();
        bool read = slice.TryLoadBits256(out Bits256 locks) & slice.TryLoadBits256(out Bits256 jobs);
        roots = new ChannelRoots(locks, jobs);
        return read && slice.IsEmpty && !cell.IsExotic;
    }
}
