using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What a quorum of endpoints says of the channel's account in a finalised block.</summary>
/// <param name="Lt">Logical time of the account's last transaction; a view with a smaller one is old.</param>
/// <param name="BlockTime">Unix seconds of that block.</param>
/// <param name="Status">What stands at the address.</param>
/// <param name="Balance">All coins of the account.</param>
internal sealed record ChainView(ulong Lt, uint BlockTime, ChannelAccount Status, NanoTon Balance)
{
    /// <summary>Logical time of the first funding; in every signed body.</summary>
    public ulong Epoch { get; init; }

    /// <summary>Coins that can be paid out to the worker in all.</summary>
    public NanoTon Deposit { get; init; }

    /// <summary>Coins settled so far.</summary>
    public NanoTon Paid { get; init; }

    /// <summary>While closing: what the worker gets in all if nothing newer is shown.</summary>
    public NanoTon Owed { get; init; }

    /// <summary>Newest state that the contract has seen.</summary>
    public ulong Seq { get; init; }

    /// <summary>While closing: when anyone may end it, Unix seconds.</summary>
    public uint CloseAt { get; init; }

    /// <summary>Root of the locks of that state.</summary>
    public Bits256 LocksHash { get; init; }

    /// <summary>Root of the jobs of that state.</summary>
    public Bits256 JobsRoot { get; init; }

    /// <summary>Whether a StartClose was seen that is not finalised yet. One endpoint's word is enough to stop signing.</summary>
    public bool ClosePending { get; init; }
}

/// <summary>What stands at a channel's address.</summary>
internal enum ChannelAccount
{
    /// <summary>No account, or one without code.</summary>
    Absent,

    /// <summary>The pinned code, open.</summary>
    Open,

    /// <summary>The pinned code, closing.</summary>
    Closing,

    /// <summary>Other code or unreadable data. Never trusted.</summary>
    Foreign,
}
