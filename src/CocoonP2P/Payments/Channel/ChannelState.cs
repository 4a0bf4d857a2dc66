using System.Collections.Immutable;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>Everything one side knows of a channel. Immutable; the machine makes the next one.</summary>
internal sealed record ChannelState
{
    /// <summary>What never changes.</summary>
    public required ChannelSettings Settings { get; init; }

    /// <summary>Where the channel stands.</summary>
    public ChannelPhase Phase { get; init; } = ChannelPhase.Proposed;

    /// <summary>Logical time of the first funding, 0 before it is finalised.</summary>
    public ulong Epoch { get; init; }

    /// <summary>The newest state signed (client) or received (worker).</summary>
    public Ledger Ledger { get; init; } = Ledger.Empty;

    /// <summary>The newest state with both signatures; null before the first.</summary>
    public StateRecord? Held { get; init; }

    /// <summary>States after <see cref="Held"/>, oldest first: at most <see cref="Limits.UnackedStates"/>.</summary>
    public ImmutableArray<StateRecord> Open { get; init; } = [];

    /// <summary>Jobs with a lock, by number.</summary>
    public ImmutableSortedDictionary<ulong, JobMeter> Jobs { get; init; } = ImmutableSortedDictionary<ulong, JobMeter>.Empty;

    /// <summary>Client: jobs that wait for a lock. Worker: requests whose lock has not come yet.</summary>
    public ImmutableArray<JobOrder> Orders { get; init; } = [];

    /// <summary>Worker: delivered in jobs that were closed without being paid in full.</summary>
    public NanoTon Debt { get; init; }

    /// <summary>Receipts that could claim a lock on chain, by job.</summary>
    public ImmutableSortedDictionary<ulong, ReceiptClaim> Claims { get; init; } =
        ImmutableSortedDictionary<ulong, ReceiptClaim>.Empty;

    /// <summary>Newest finalised view; null before the first.</summary>
    public ChainView? Chain { get; init; }

    /// <summary>Messages to the contract that were sent, and from when they may be sent again; null while in flight.</summary>
    public ImmutableDictionary<TxKey, DateTimeOffset?> Sent { get; init; } = ImmutableDictionary<TxKey, DateTimeOffset?>.Empty;

    /// <summary>The first deposit this client makes.</summary>
    public NanoTon Deposit { get; init; }

    /// <summary>How many top-ups were asked for; numbers them.</summary>
    public ulong TopUps { get; init; }

    /// <summary>The end this side signed, and the other's signature where it came.</summary>
    public FinalRecord? Final { get; init; }

    /// <summary>Whether a StartClose of this epoch was seen or sent: from then on no state is signed.</summary>
    public bool CloseSeen { get; init; }

    /// <summary>Client: no ack came in time; nothing new is signed until the worker is heard again.</summary>
    public bool Stalled { get; init; }

    /// <summary>Client: seq settled on chain at the last batch's end.</summary>
    public ulong BatchedSeq { get; init; }

    /// <summary>When the last unsettled coin was first seen; null where all is settled.</summary>
    public DateTimeOffset? UnsettledSince { get; init; }

    /// <summary>When draining was asked for; null where it was not.</summary>
    public DateTimeOffset? DrainingSince { get; init; }

    /// <summary>Bumped at each start of the journal; told to the peer.</summary>
    public ulong Generation { get; init; }
}

/// <summary>A signed end.</summary>
/// <param name="Body">What this side signed.</param>
/// <param name="Offered">Whether this side offered it.</param>
/// <param name="PeerSignature">The other's signature over the same body; null while it is awaited.</param>
/// <param name="At">When this side signed.</param>
internal sealed record FinalRecord(FinalBody Body, bool Offered, Signature? PeerSignature, DateTimeOffset At);

/// <summary>A job that wants a lock (client), or a request that was read and waits for one (worker).</summary>
/// <param name="JobHash">Cell hash of the job's terms.</param>
/// <param name="Prices">Prices of the quote that the terms name.</param>
/// <param name="Cap">Client: what to lock. Worker: least that must be locked.</param>
/// <param name="Prepay">What is paid before the job starts, zero for nothing.</param>
/// <param name="FirstChunk">Cost of the prompt and the first chunk.</param>
/// <param name="ReceiptKey">The enclave's key as attested; receipts are checked with it.</param>
/// <param name="ReceiptLock">Client: whether a receipt alone may claim this job.</param>
internal sealed record JobOrder(
    Bits256 JobHash, PriceList Prices, NanoTon Cap, NanoTon Prepay, NanoTon FirstChunk, Bits256 ReceiptKey, bool ReceiptLock);
