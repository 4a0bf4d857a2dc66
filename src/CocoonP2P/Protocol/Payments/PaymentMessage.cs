using System.Collections.Immutable;
using CocoonP2P.Payments;
using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Protocol;

/// <summary>What two sides of a channel send each other inside an attested session (docs/protocol/payments.md,
/// "Messages"). Fields and signatures, never cells.</summary>
/// <param name="Channel">Hash part of the channel's address.</param>
internal abstract record PaymentMessage(Bits256 Channel);

/// <summary>Both, first in a session: where each stands.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Epoch">Its epoch as known, 0 before it is funded.</param>
/// <param name="SignedSeq">Newest state signed by the sender.</param>
/// <param name="HeldSeq">Newest state the sender holds with both signatures.</param>
/// <param name="Generation">Of the sender's journal.</param>
/// <param name="Proof">The newest state with both signatures; null for none.</param>
internal sealed record PayResume(
    Bits256 Channel, ulong Epoch, ulong SignedSeq, ulong HeldSeq, ulong Generation, ResumeProof? Proof) : PaymentMessage(Channel);

/// <summary>A state with both signatures.</summary>
internal sealed record ResumeProof(StateBody Body, Signature Client, Signature Worker);

/// <summary>Client: open a channel on these terms.</summary>
internal sealed record ChannelTermsMessage(Bits256 Channel, ChannelTerms Terms) : PaymentMessage(Channel);

/// <summary>Worker: agreed. The signature covers <see cref="PaymentSigningBytes.Terms"/>.</summary>
internal sealed record ChannelAgreed(Bits256 Channel, Signature WorkerSignature) : PaymentMessage(Channel);

/// <summary>Client: the next state.</summary>
internal sealed record StateUpdate(
    Bits256 Channel, StateBody Body, ImmutableArray<ChannelChange> Changes, Signature ClientSignature) : PaymentMessage(Channel);

/// <summary>Worker: the state counts.</summary>
internal sealed record StateAck(Bits256 Channel, ulong Seq, Signature WorkerSignature) : PaymentMessage(Channel);

/// <summary>Worker: the state is not countersigned, and why. The next one builds on it all the same.</summary>
internal sealed record StateReject(Bits256 Channel, ulong Seq, string Code) : PaymentMessage(Channel);

/// <summary>Worker: the enclave's receipt of a job.</summary>
internal sealed record JobReceipt(
    Bits256 Channel, ulong JobId, NanoTon Total, JobResult Result, Signature ReceiptSignature) : PaymentMessage(Channel);

/// <summary>Either: end the channel with this split.</summary>
internal sealed record FinalOffer(Bits256 Channel, FinalBody Body, Signature Signature) : PaymentMessage(Channel);

/// <summary>The other: agreed.</summary>
internal sealed record FinalAgreed(Bits256 Channel, FinalBody Body, Signature Signature) : PaymentMessage(Channel);
