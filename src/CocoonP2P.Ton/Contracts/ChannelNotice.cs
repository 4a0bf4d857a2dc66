using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton.Contracts;

// payment#4a430081 query_id:uint64 epoch:uint64 seq:uint64 cumulative:Coins jobs_root:uint256 = Out;   // to payout
// refund#4a430082 query_id:uint64 epoch:uint64 = Out;                                                   // to client
// excesses#d53276db query_id:uint64 = Out;                                                              // to sender

/// <summary>What a channel says with the coins it sends. It counts only where the sender is the channel's computed address
/// and the transaction is final.</summary>
internal abstract record ChannelNotice(ulong QueryId)
{
    public const uint PaymentTag = 0x4A430081;
    public const uint RefundTag = 0x4A430082;
    public const uint ExcessesTag = 0xD53276DB;

    /// <summary>Earnings, and all that was paid in the epoch so far, for the jobs under a root.</summary>
    public sealed record Payment(ulong QueryId, ulong Epoch, ulong Seq, Coins Cumulative, Bits256 JobsRoot)
        : ChannelNotice(QueryId);

    /// <summary>What was left at the end.</summary>
    public sealed record Refund(ulong QueryId, ulong Epoch) : ChannelNotice(QueryId);

    /// <summary>What was attached and not needed.</summary>
    public sealed record Excesses(ulong QueryId) : ChannelNotice(QueryId);

    public static bool TryParse(Cell body, [NotNullWhen(true)] out ChannelNotice? notice)
    {
        CellSlice slice = body.BeginParse();
        bool read = slice.TryLoadUint(32, out ulong tag) & slice.TryLoadUint(64, out ulong queryId);
        notice = !read || body.IsExotic ? null : tag switch
        {
            PaymentTag => LoadPayment(slice, queryId),
            RefundTag => slice.TryLoadUint(64, out ulong epoch) ? new Refund(queryId, epoch) : null,
            ExcessesTag => new Excesses(queryId),
            _ => null,
        };
        notice = slice.IsEmpty ? notice : null;
        return notice is not null;
    }

    private static Payment? LoadPayment(CellSlice slice, ulong queryId)
    {
        bool read = slice.TryLoadUint(64, out ulong epoch)
            & slice.TryLoadUint(64, out ulong seq)
            & slice.TryLoadCoins(out Coins cumulative)
            & slice.TryLoadBits256(out Bits256 jobsRoot);
        return read ? new Payment(queryId, epoch, seq, cumulative, jobsRoot) : null;
    }
}
