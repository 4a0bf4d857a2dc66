using System.Collections.Immutable;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>A message this side wants the contract to get. Equal kind and number mean the same message: it is signed once
/// and sent until its outcome is known.</summary>
internal abstract record ChannelTx(ulong Number)
{
    /// <summary>The first deposit, with the code.</summary>
    public sealed record Open(NanoTon Deposit) : ChannelTx(0);

    /// <summary>More deposit.</summary>
    public sealed record TopUp(ulong Number, NanoTon Amount) : ChannelTx(Number);

    /// <summary>Pays out what the state has earned.</summary>
    public sealed record Settle(StateBody Body, Signature PeerSignature) : ChannelTx(Body.Seq);

    /// <summary>Starts an end by one side, with its newest state where that is newer than the contract's.</summary>
    public sealed record StartClose(StateBody? Body, Signature? PeerSignature) : ChannelTx(Body?.Seq ?? 0);

    /// <summary>Answers a close with a newer state.</summary>
    public sealed record Challenge(StateBody Body, Signature PeerSignature) : ChannelTx(Body.Seq);

    /// <summary>Claims one lock by its receipt.</summary>
    public sealed record ResolveLock(ReceiptClaim Claim, ImmutableSortedDictionary<ulong, JobLock> Locks) : ChannelTx(Claim.JobId);

    /// <summary>Ends a close whose time has come.</summary>
    public sealed record Finish(uint CloseAt) : ChannelTx(CloseAt);

    /// <summary>Ends at once by both signatures.</summary>
    public sealed record CoopClose(FinalBody Body, Signature PeerSignature) : ChannelTx(Body.ValidUntil);

    /// <summary>What makes two messages the same one.</summary>
    public TxKey Key => new(GetKind(), Number);

    private TxKind GetKind() => this switch
    {
        Open => TxKind.Open,
        TopUp => TxKind.TopUp,
        Settle => TxKind.Settle,
        StartClose => TxKind.StartClose,
        Challenge => TxKind.Challenge,
        ResolveLock => TxKind.ResolveLock,
        Finish => TxKind.Finish,
        _ => TxKind.CoopClose,
    };
}

/// <summary>Names a message to the contract within a channel's epoch.</summary>
internal readonly record struct TxKey(TxKind Kind, ulong Number);

/// <summary>The messages of the contract, docs/protocol/payments.md.</summary>
internal enum TxKind
{
    Open,
    TopUp,
    Settle,
    StartClose,
    Challenge,
    ResolveLock,
    Finish,
    CoopClose,
}
