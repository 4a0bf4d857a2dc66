using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Receipts;

/// <summary>
/// All that proves one job to somebody who was not there: what was agreed, who ran it and on what, what came out, what was
/// paid. It holds neither prompt nor answer.
/// </summary>
internal sealed record Receipt
{
    public const string Schema = "cocoonp2p/receipt/1";

    /// <summary>32 bytes.</summary>
    public required byte[] NetworkId { get; init; }

    /// <summary>Cell hash of <see cref="Terms"/>.</summary>
    public required byte[] JobHash { get; init; }

    /// <summary>The job's number in its channel.</summary>
    public required ulong JobId { get; init; }

    public required JobTermsFields Terms { get; init; }

    public required ChannelTerms Channel { get; init; }

    public required ulong Epoch { get; init; }

    /// <summary>The price quote as it was signed.</summary>
    public required byte[] QuoteBytes { get; init; }

    public required Signature QuoteSignature { get; init; }

    public required JobResult Result { get; init; }

    public required NanoTon Total { get; init; }

    /// <summary>By the receipt key that the evidence vouches for.</summary>
    public required Signature ReceiptSignature { get; init; }

    /// <summary>0x0001 TDX, 0x8001 simulated.</summary>
    public required ushort TeeKind { get; init; }

    /// <summary>The encoded binding that the quote carries.</summary>
    public required byte[] Binding { get; init; }

    /// <summary>The platform's quote.</summary>
    public required byte[] Quote { get; init; }

    /// <summary>Encoded runtime claims.</summary>
    public required byte[] Claims { get; init; }

    /// <summary>When the client appraised the evidence.</summary>
    public required DateTimeOffset AppraisedAt { get; init; }

    /// <summary>What the signature is over, and the receipt's name.</summary>
    public Bits256 Hash => ChannelCells.ReceiptHash(
        new ChannelSettings(ChannelRole.Client, Channel, Channel.Address, new ChannelPolicy()), Epoch,
        new ReceiptBody(JobId, Total, ChannelCells.ResultHash(Result)));
}
