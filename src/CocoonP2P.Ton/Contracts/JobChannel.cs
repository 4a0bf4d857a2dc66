namespace CocoonP2P.Ton.Contracts;

// top_up#4a430001 query_id:uint64 = M;
// settle#4a430002 query_id:uint64 state:^SignedState = M;
// start_close#4a430003 query_id:uint64 state:(Maybe ^SignedState) = M;
// challenge#4a430004 query_id:uint64 state:^SignedState = M;
// resolve_lock#4a430005 query_id:uint64 job_id:uint64 total:Coins result_hash:uint256 locks:^Cell receipt_sig:^bits512
//                       worker_sig:^bits512 = M;
// finish#4a430006 query_id:uint64 = M;
// coop_close#4a430007 query_id:uint64 seq:uint64 cumulative:Coins valid_until:uint32 jobs_root:uint256
//                     client_sig:^bits512 worker_sig:^bits512 = M;

/// <summary>The bodies of the messages that JobChannel takes. Each is sent bounceable, with the value that
/// <see cref="FeeBook"/> computes.</summary>
internal static class JobChannel
{
    public const uint TopUpTag = 0x4A430001;
    public const uint SettleTag = 0x4A430002;
    public const uint StartCloseTag = 0x4A430003;
    public const uint ChallengeTag = 0x4A430004;
    public const uint ResolveLockTag = 0x4A430005;
    public const uint FinishTag = 0x4A430006;
    public const uint CoopCloseTag = 0x4A430007;

    /// <summary>The pinned code; an account with any other is not a channel.</summary>
    public static readonly Cell Code = BagOfCells.DecodeBase64(JobChannelCode.BocBase64);

    public static Cell TopUp(ulong queryId) => Begin(TopUpTag, queryId).EndCell();

    public static Cell Settle(ulong queryId, SignedState state) => Begin(SettleTag, queryId).StoreRef(state.ToCell()).EndCell();

    public static Cell StartClose(ulong queryId, SignedState? state) =>
        Begin(StartCloseTag, queryId).StoreMaybeRef(state?.ToCell()).EndCell();

    public static Cell Challenge(ulong queryId, SignedState state) =>
        Begin(ChallengeTag, queryId).StoreRef(state.ToCell()).EndCell();

    /// <summary>Claims one lock by a receipt; <paramref name="locks"/> is the whole dictionary of the newest state.</summary>
    public static Cell ResolveLock(
        ulong queryId,
        ReceiptBody receipt,
        Cell locks,
        ReadOnlySpan<byte> receiptSignature,
        ReadOnlySpan<byte> workerSignature) =>
        Begin(ResolveLockTag, queryId)
            .StoreUint(receipt.JobId, 64)
            .StoreCoins(receipt.Total)
            .StoreBits256(receipt.ResultHash)
            .StoreRef(locks)
            .StoreRef(SignatureCell.Store(receiptSignature))
            .StoreRef(SignatureCell.Store(workerSignature))
            .EndCell();

    public static Cell Finish(ulong queryId) => Begin(FinishTag, queryId).EndCell();

    public static Cell CoopClose(
        ulong queryId,
        FinalBody final,
        ReadOnlySpan<byte> clientSignature,
        ReadOnlySpan<byte> workerSignature) =>
        Begin(CoopCloseTag, queryId)
            .StoreUint(final.Seq, 64)
            .StoreCoins(final.Cumulative)
            .StoreUint(final.ValidUntil, 32)
            .StoreBits256(final.JobsRoot)
            .StoreRef(SignatureCell.Store(clientSignature))
            .StoreRef(SignatureCell.Store(workerSignature))
            .EndCell();

    private static CellBuilder Begin(uint tag, ulong queryId) => new CellBuilder().StoreUint(tag, 32).StoreUint(queryId, 64);
}
