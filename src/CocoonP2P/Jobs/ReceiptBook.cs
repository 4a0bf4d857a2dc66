using System.Collections.Concurrent;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Receipts;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;

namespace CocoonP2P.Jobs;

/// <summary>What a client knows of a job when its answer is whole; the worker's receipt completes it.</summary>
internal sealed record ReceiptParts(
    byte[] JobHash, ulong JobId, JobTermsFields Terms, byte[] OutputHash, SignedQuote Quote,
    AttestedSession Session, ChannelState Channel);

/// <summary>Joins what the client saw with the receipt that the enclave signed, and keeps the result.</summary>
/// <param name="networkId">32 bytes.</param>
/// <param name="save">Stores a receipt under its job's name.</param>
/// <param name="load">Reads one back; null where there is none.</param>
/// <param name="came">Told the worker whose receipt came and holds.</param>
/// <param name="timeline">Tells that a receipt came.</param>
internal sealed class ReceiptBook(
    byte[] networkId, Func<string, byte[], CancellationToken, Task> save, Func<string, CancellationToken, Task<byte[]?>> load,
    Action<ReadOnlyMemory<byte>> came, Timeline timeline)
{
    /// <summary>Receipts or parts that wait for their other half: jobs of a second, at 32 a channel.</summary>
    private const int MaxWaiting = 1024;

    private readonly ConcurrentDictionary<(Ton.Bits256 Channel, ulong Job), ReceiptParts> _parts = new();
    private readonly ConcurrentDictionary<(Ton.Bits256 Channel, ulong Job), JobReceipt> _early = new();

    public Task<byte[]?> ReadAsync(string job, CancellationToken cancellationToken) => load(job, cancellationToken);

    /// <summary>The answer is whole; its receipt may have come already.</summary>
    public async Task ExpectAsync(ReceiptParts parts, CancellationToken cancellationToken)
    {
        (Ton.Bits256, ulong) key = (parts.Channel.Settings.Address.Hash, parts.JobId);
        if (_early.TryRemove(key, out JobReceipt? early))
        {
            await CompleteAsync(parts, early, cancellationToken);
        }
        else if (_parts.Count < MaxWaiting)
        {
            _parts[key] = parts;
        }
    }

    /// <summary>The worker sent a receipt.</summary>
    public async Task CameAsync(JobReceipt receipt, CancellationToken cancellationToken)
    {
        (Ton.Bits256, ulong) key = (receipt.Channel, receipt.JobId);
        if (_parts.TryRemove(key, out ReceiptParts? parts))
        {
            await CompleteAsync(parts, receipt, cancellationToken);
        }
        else if (_early.Count < MaxWaiting)
        {
            _early[key] = receipt;
        }
    }

    private async Task CompleteAsync(ReceiptParts parts, JobReceipt signed, CancellationToken cancellationToken)
    {
        PeerEvidence evidence = parts.Session.Evidence!;
        Receipt receipt = new()
        {
            NetworkId = networkId,
            JobHash = parts.JobHash,
            JobId = parts.JobId,
            Terms = parts.Terms,
            Channel = parts.Channel.Settings.Terms,
            Epoch = parts.Channel.Epoch,
            QuoteBytes = QuoteSigningBytes.Of(parts.Quote.Quote),
            QuoteSignature = parts.Quote.Signature,
            Result = signed.Result,
            Total = signed.Total,
            ReceiptSignature = signed.ReceiptSignature,
            TeeKind = evidence.TeeKind,
            Binding = evidence.Binding,
            Quote = evidence.Quote,
            Claims = evidence.Claims.Encode(),
            AppraisedAt = evidence.AppraisedAt,
        };
        string job = Convert.ToHexStringLower(parts.JobHash);
        bool outputHolds = signed.Result.Output.ToArray().AsSpan().SequenceEqual(parts.OutputHash);
        if (!outputHolds || !SignatureCheck.Holds(new Ton.Bits256(evidence.Claims.ReceiptKey), receipt.Hash, signed.ReceiptSignature))
        {
            timeline.Add("receipt-refused", job);
            return;
        }

        await save(job, ReceiptJson.Write(receipt), cancellationToken);
        came(parts.Session.RemotePeer);
        timeline.Add("receipt", job, ("receipt", receipt.Hash.ToString()));
    }
}
