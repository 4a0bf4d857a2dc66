using System.Collections.Immutable;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What the engine carries out for the machine, in order.</summary>
internal abstract record ChannelEffect
{
    private ChannelEffect()
    {
    }

    /// <summary>A barrier: nothing behind it happens before this state and these records are durable.</summary>
    public sealed record Persist(ChannelState State, ImmutableArray<Signable> Records) : ChannelEffect;

    /// <summary>Sign a recorded state and send it: an update from the client, an ack from the worker.</summary>
    public sealed record SignState(StateBody Body, ImmutableArray<ChannelChange> Changes) : ChannelEffect;

    /// <summary>Sign a recorded end and send it, as an offer or as consent to the other's.</summary>
    public sealed record SignFinal(FinalBody Body, bool Offer) : ChannelEffect;

    /// <summary>Have the enclave sign a recorded receipt; send it, and tell the machine.</summary>
    public sealed record SignReceipt(ReceiptBody Body, JobResult Result) : ChannelEffect;

    /// <summary>Worker: sign that these terms are agreed, and send it.</summary>
    public sealed record SignTerms : ChannelEffect;

    /// <summary>Tell the peer where this side stands, with the newest doubly signed state as proof.</summary>
    public sealed record SendResume(PayResume Message, StateRecord? Proof) : ChannelEffect;

    /// <summary>Send as it is.</summary>
    public sealed record Send(PaymentMessage Message) : ChannelEffect;

    /// <summary>Get a message into the contract. The same key again is the same message.</summary>
    public sealed record SubmitTx(ChannelTx Tx) : ChannelEffect;

    /// <summary>The job has its lock (client), or may start (worker).</summary>
    public sealed record JobGo(ulong JobId, Bits256 JobHash) : ChannelEffect;

    /// <summary>The chunk that waited may be delivered.</summary>
    public sealed record ChunkGo(ulong JobId, Bits256 JobHash) : ChannelEffect;

    /// <summary>The job must stop now, or cannot start.</summary>
    /// <param name="JobId">The job, 0 where it never had a number.</param>
    /// <param name="JobHash">Its terms.</param>
    /// <param name="Code">One of <see cref="PaymentCode"/>.</param>
    public sealed record JobStop(ulong JobId, Bits256 JobHash, string Code) : ChannelEffect;

    /// <summary>Client: a genuine receipt came.</summary>
    public sealed record ReceiptCame(ulong JobId, JobResult Result) : ChannelEffect;

    /// <summary>A person, or the node's log, must know.</summary>
    public sealed record Alarm(string Code) : ChannelEffect;

    /// <summary>The peer broke a rule.</summary>
    public sealed record Fault(PeerFault What) : ChannelEffect;
}
