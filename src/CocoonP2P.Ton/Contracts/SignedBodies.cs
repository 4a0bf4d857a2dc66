namespace CocoonP2P.Ton.Contracts;

// state#4a435301 network_id:int32 channel:MsgAddressInt epoch:uint64 seq:uint64 cumulative:Coins roots:^Roots = StateBody;
// receipt#4a435302 network_id:int32 channel:MsgAddressInt epoch:uint64 job_id:uint64 total:Coins result_hash:uint256 = ReceiptBody;
// final#4a435303 network_id:int32 channel:MsgAddressInt epoch:uint64 seq:uint64 cumulative:Coins valid_until:uint32
//                jobs_root:uint256 = FinalBody;

/// <summary>Where a signature counts: one chain, one contract, one life of it.</summary>
internal readonly record struct ChannelScope(int NetworkId, Address Channel, ulong Epoch)
{
    public static ChannelScope Of(ChannelTerms terms, ulong epoch) => new(terms.NetworkId, terms.Address, epoch);

    internal CellBuilder Begin(uint tag) => new CellBuilder()
        .StoreUint(tag, 32)
        .StoreInt(NetworkId, 32)
        .StoreAddress(Channel)
        .StoreUint(Epoch, 64);
}

/// <summary>What both parties sign on each change: all that is owed since the epoch began.</summary>
internal sealed record StateBody(ChannelScope Scope, ulong Seq, Coins Cumulative, ChannelRoots Roots)
{
    public const uint Tag = 0x4A435301;

    /// <summary>The cell whose hash is signed.</summary>
    public Cell ToCell() => Scope.Begin(Tag).StoreUint(Seq, 64).StoreCoins(Cumulative).StoreRef(Roots.ToCell()).EndCell();
}

/// <summary>What the enclave and the worker sign when a job is done: its whole price and the hash of its result.</summary>
internal sealed record ReceiptBody(ChannelScope Scope, ulong JobId, Coins Total, Bits256 ResultHash)
{
    public const uint Tag = 0x4A435302;

    /// <summary>The cell whose hash is signed.</summary>
    public Cell ToCell() => Scope.Begin(Tag).StoreUint(JobId, 64).StoreCoins(Total).StoreBits256(ResultHash).EndCell();
}

/// <summary>What both parties sign to end at once; good until <paramref name="ValidUntil"/>, in unix seconds.</summary>
internal sealed record FinalBody(ChannelScope Scope, ulong Seq, Coins Cumulative, uint ValidUntil, Bits256 JobsRoot)
{
    public const uint Tag = 0x4A435303;

    /// <summary>The cell whose hash is signed.</summary>
    public Cell ToCell() => Scope.Begin(Tag)
        .StoreUint(Seq, 64)
        .StoreCoins(Cumulative)
        .StoreUint(ValidUntil, 32)
        .StoreBits256(JobsRoot)
        .EndCell();
}
