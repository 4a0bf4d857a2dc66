using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What can happen to a channel.</summary>
internal abstract record ChannelEvent
{
    private ChannelEvent()
    {
    }

    /// <summary>The peer sent this, inside an attested session with the channel's peer.</summary>
    public sealed record PeerSent(PaymentMessage Message) : ChannelEvent;

    /// <summary>An attested session with the peer opened.</summary>
    public sealed record SessionOpened : ChannelEvent;

    /// <summary>Client: make the channel with this much deposit.</summary>
    public sealed record FundWanted(NanoTon Deposit) : ChannelEvent;

    /// <summary>Client: add to the deposit.</summary>
    public sealed record TopUpWanted(NanoTon Amount) : ChannelEvent;

    /// <summary>Client: a job needs a lock. Worker: a request was read, and its lock may have come or not.</summary>
    public sealed record JobWanted(JobOrder Order) : ChannelEvent;

    /// <summary>Worker: the next part of an answer is ready to be delivered.</summary>
    /// <param name="JobId">The job.</param>
    /// <param name="Total">What the job has used with this part included.</param>
    public sealed record ChunkReady(ulong JobId, Usage Total) : ChannelEvent;

    /// <summary>Client: part of an answer arrived.</summary>
    /// <param name="JobId">The job.</param>
    /// <param name="Total">What the job has used so far, as counted here.</param>
    public sealed record ChunkReceived(ulong JobId, Usage Total) : ChannelEvent;

    /// <summary>Worker: the job is done, and this is its result.</summary>
    public sealed record JobDone(ulong JobId, JobResult Result) : ChannelEvent;

    /// <summary>Worker: the enclave signed the receipt that was recorded.</summary>
    public sealed record ReceiptSigned(ReceiptBody Body, Signature Signature) : ChannelEvent;

    /// <summary>The job is over on this side, by its end, a stop or a failure.</summary>
    public sealed record JobEnded(Bits256 JobHash) : ChannelEvent;

    /// <summary>A finalised view of the channel's account.</summary>
    public sealed record ChainSeen(ChainView View) : ChannelEvent;

    /// <summary>A message to the contract was executed (true) or can no longer be (false).</summary>
    public sealed record TxOutcome(TxKey Key, bool Executed) : ChannelEvent;

    /// <summary>End the channel when its jobs are over.</summary>
    public sealed record CloseRequested : ChannelEvent;

    /// <summary>Time went by.</summary>
    public sealed record Tick : ChannelEvent;
}
