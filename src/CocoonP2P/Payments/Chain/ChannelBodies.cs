using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using Onchain = CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Payments;

/// <summary>From what the machine wants to the message that the contract takes.</summary>
internal static class ChannelBodies
{
    /// <summary>0.025 TON: the contract's reserve of 0.02, which returns at the end, and what it keeps of a deposit.</summary>
    public const ulong OpenExtra = 25_000_000;

    /// <summary>0.005 TON: what the contract keeps of a top-up.</summary>
    public const ulong TopUpExtra = 5_000_000;

    /// <summary>0.03 TON with any other message: one and a half times the dearest of them at the gas price of 2025. What is
    /// not used comes back.</summary>
    public const ulong Attached = 30_000_000;

    /// <summary>The internal message from the wallet to the channel, always bounceable.</summary>
    public static InternalMessage Message(ChannelSettings channel, ulong epoch, SignedTx signed)
    {
        ulong query = signed.Tx.Number;
        (Cell body, ulong value) = signed.Tx switch
        {
            ChannelTx.Open open => (JobChannel.TopUp(query), open.Deposit.Value + OpenExtra),
            ChannelTx.TopUp up => (JobChannel.TopUp(query), up.Amount.Value + TopUpExtra),
            ChannelTx.Settle tx => (JobChannel.Settle(query, State(channel, tx.Body, tx.PeerSignature, signed.Own)), Attached),
            ChannelTx.StartClose { Body: { } state, PeerSignature: { } peers } =>
                (JobChannel.StartClose(query, State(channel, state, peers, signed.Own)), Attached),
            ChannelTx.StartClose => (JobChannel.StartClose(query, null), Attached),
            ChannelTx.Challenge tx => (JobChannel.Challenge(query, State(channel, tx.Body, tx.PeerSignature, signed.Own)), Attached),
            ChannelTx.ResolveLock tx => (Resolve(channel, epoch, query, tx, signed.Own!.Value), Attached),
            ChannelTx.CoopClose tx => (Coop(channel, epoch, query, tx, signed.Own!.Value), Attached),
            _ => (JobChannel.Finish(query), Attached),
        };
        return new InternalMessage
        {
            Destination = channel.Address,
            Value = value,
            Body = body,
            Init = signed.Tx is ChannelTx.Open ? channel.Terms.ToStateInit() : null,
        };
    }

    private static SignedState State(ChannelSettings channel, StateBody body, Signature peers, Signature? own)
    {
        (Signature client, Signature worker) = Ordered(channel, peers, own!.Value);
        return new SignedState(
            body.Seq, body.Cumulative.Value, new ChannelRoots(body.LocksHash, body.JobsRoot), client.ToArray(), worker.ToArray());
    }

    private static Cell Resolve(ChannelSettings channel, ulong epoch, ulong query, ChannelTx.ResolveLock tx, Signature own)
    {
        ReceiptBody body = new(tx.Claim.JobId, tx.Claim.Total, tx.Claim.ResultHash);
        return JobChannel.ResolveLock(
            query, ChannelCells.Receipt(channel, epoch, body), ChannelCells.LocksCell(tx.Locks)!,
            tx.Claim.ReceiptSignature.ToArray(), own.ToArray());
    }

    private static Cell Coop(ChannelSettings channel, ulong epoch, ulong query, ChannelTx.CoopClose tx, Signature own)
    {
        (Signature client, Signature worker) = Ordered(channel, tx.PeerSignature, own);
        FinalBody body = tx.Body;
        return JobChannel.CoopClose(
            query,
            new Onchain.FinalBody(
                new ChannelScope(channel.Terms.NetworkId, channel.Address, epoch),
                body.Seq, body.Cumulative.Value, body.ValidUntil, body.JobsRoot),
            client.ToArray(),
            worker.ToArray());
    }

    private static (Signature Client, Signature Worker) Ordered(ChannelSettings channel, Signature peers, Signature own) =>
        channel.Role == ChannelRole.Client ? (own, peers) : (peers, own);
}
