using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;
using CocoonP2P.Text;
using CocoonP2P.Ton;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>One job on a client: locks its price, reads the answer, pays for what it counted itself.</summary>
internal sealed class ClientJob(
    ClientSettings settings,
    MarketTicket ticket,
    JobSpec spec,
    IModelText text,
    NanoTon maxCost,
    ClientChannels channels,
    ReceiptBook receipts,
    Timeline timeline,
    TimeProvider time,
    ILogger log) : IAsyncDisposable
{
    private readonly List<int> _output = [];
    private WorkerLink? _link;
    private ChannelEngine? _channel;
    private ChannelReader<JobMessage>? _mailbox;
    private SignedQuote? _quote;
    private JobTermsFields? _terms;
    private byte[] _jobHash = [];
    private ulong _jobId;
    private bool _over;

    private string Name => Convert.ToHexStringLower(_jobHash);

    /// <summary>Agrees on the price, locks it and sends the request. The session's verdict stands before any of it.</summary>
    /// <exception cref="CocoonException">Too dear, too poor, refused.</exception>
    public async Task StartAsync(WorkerLink link, CancellationToken cancellationToken)
    {
        _link = link;
        _quote = await link.QuoteAsync(spec.ModelId.ToArray(), cancellationToken);
        JobOrder order = AgreeOrBlame(link);
        _channel = await channels.GetAsync(link, _quote!.Quote, Name, order.Cap, cancellationToken);
        _mailbox = link.Open(_jobHash);
        await link.SendAsync(new JobRequest(_jobHash, _terms!, spec), cancellationToken);
        ticket.Sent();
        Task<ulong> locking = _channel.LockAsync(order, cancellationToken);
        try
        {
            _jobId = await locking.WaitAsync(ClientSettings.StallTime, time, cancellationToken);
        }
        catch (PaymentException e)
        {
            throw e.Code is PaymentCode.Deposit
                ? Funds.Short(
                    $"the job's price could not be locked: {e.Code}", "the channel's deposit is used up: raise payment.deposit, or close the channel", order.Cap,
                    _channel.State.Deposit.MinusOrZero(_channel.State.Ledger.Body.Cumulative + _channel.State.Ledger.Locked), settings)
                : Left($"the job's price could not be locked: {e.Code}", "another worker may take it");
        }
        catch (TimeoutException)
        {
            ticket.Failed(FailureKind.Stalled);
            throw new CocoonException(ErrorCode.WorkerLost, "the worker did not take the lock", "try again; nothing was paid");
        }

        timeline.Add("locked", Name, ("job_id", Number(_jobId)), ("cap_nanoton", Number(order.Cap.Value)));
    }

    /// <summary>The answer, part by part.</summary>
    public async IAsyncEnumerable<AnswerPart> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WorkerLink link = _link!;
        string worker = Libp2p.PeerId.TryFromBytes(link.Session.RemotePeer, out Libp2p.PeerId id) ? id.ToString() : "?";
        yield return new AnswerPart.Accepted(Name, worker, link.Session.Verdict!)
        {
            DeterminismClass = Convert.ToHexStringLower(link.Session.Evidence!.Claims.DeterminismClass.AsSpan(0, 8)),
        };
        ITextStream stream = text.OpenStream(spec.Stop);
        uint chunks = 0;
        while (true)
        {
            JobMessage message = await NextAsync(cancellationToken);
            if (message is JobChunk chunk && chunk.Index == chunks && _output.Count + chunk.TokenIds.Length <= spec.MaxTokens)
            {
                chunks++;
                ticket.Received(chunk.TokenIds.Length);
                _output.AddRange(chunk.TokenIds);
                if (chunks == 1)
                {
                    timeline.Add("first-token", Name);
                }

                await _channel!.PayAsync(_jobId, Counted, cancellationToken);
                string delta = stream.Append(chunk.TokenIds);
                if (delta.Length > 0)
                {
                    yield return new AnswerPart.Text(delta);
                }
            }
            else if (message is JobEnd end)
            {
                if (end.CompletionTokens > Counted.Completion || end.PromptTokens > Counted.Prompt)
                {
                    ticket.Failed(FailureKind.OverCounted);
                }

                if (end.CompletionTokens != Counted.Completion || end.PromptTokens != Counted.Prompt)
                {
                    JobLog.PeerFault(log, PaymentCode.UsageMismatch, "the worker counts otherwise; this node pays its own count");
                }

                string rest = stream.Finish();
                if (rest.Length > 0)
                {
                    yield return new AnswerPart.Text(rest);
                }

                yield return await FinishAsync(end.Reason, cancellationToken);
                yield break;
            }
            else
            {
                Blame(message);
                await LeaveChannelAsync(message, cancellationToken);
                throw Refused(message);
            }
        }
    }

    /// <summary>Ends the job wherever it stands: what arrived is paid, the rest of the lock is free again.</summary>
    public async ValueTask DisposeAsync()
    {
        ticket.Dispose();
        if (_over || _link is null || _channel is null)
        {
            return;
        }

        _over = true;
        _link.Close(_jobHash);
        try
        {
            if (!_link.IsEnded)
            {
                await _link.SendAsync(new JobCancel(_jobHash), CancellationToken.None);
            }
        }
        catch (Exception e) when (e is IOException or SessionException or ObjectDisposedException)
        {
            // It ended in between; the payment below needs no session.
        }

        await _channel.PostAsync(new ChannelEvent.JobEnded(new Bits256(_jobHash)), CancellationToken.None);
    }

    private Usage Counted => JobBill.Used(spec, _output.Count);

    /// <summary>A worker whose quote is not what it offered broke its word.</summary>
    private JobOrder AgreeOrBlame(WorkerLink link)
    {
        try
        {
            return Agree(link);
        }
        catch (CocoonException)
        {
            ticket.Failed(FailureKind.Refused);
            throw;
        }
    }

    private JobOrder Agree(WorkerLink link)
    {
        Quote quote = _quote?.Quote ?? throw Left("the worker no longer serves the model", "try again");
        RuntimeClaims claims = link.Session.Evidence!.Claims;
        bool vouched = _quote.IsGenuine() && quote.NetworkId == settings.GlobalId && quote.IsValidAt(time.GetUtcNow())
            && quote.Model == new Bits256(spec.ModelId.Span)
            && claims.WorkerKey.AsSpan().SequenceEqual(quote.WorkerKey.ToArray()) && claims.PayoutAddress == quote.Payout.ToRawString()
            && claims.Models.Any(m => m.AsSpan().SequenceEqual(spec.ModelId.Span));
        if (!vouched)
        {
            throw Left("the worker's quote is not what its evidence vouches for", "another worker may do better");
        }

        _terms = Terms(link.Session);
        _jobHash = JobCommitments.JobHash(_terms).ToArray();
        if (!JobOrders.TryMake(quote, new Bits256(_jobHash), JobBill.Limits(spec), new Bits256(claims.ReceiptKey), receiptLock: false, out JobOrder? order))
        {
            throw Left("the worker's price has no bound", "another worker may do better");
        }

        return order.Cap <= maxCost
            ? order
            : throw Left(
                $"the job may cost {order.Cap.Value} nanoton, above the {maxCost.Value} allowed",
                "raise Cocoon-Max-Cost or payment.max_per_job, or ask for fewer tokens");
    }

    private JobTermsFields Terms(AttestedSession session)
    {
        byte[] nonce = new byte[16];
        settings.Random(nonce);
        return new JobTermsFields(
            nonce, JobCommitments.Request(session.Exporter, spec), spec.ModelId.ToArray(),
            (uint)(time.GetUtcNow() + ClientSettings.JobTime).ToUnixTimeSeconds(), session.Verdict!.Measurement.ToArray(),
            SHA256.HashData(session.Evidence!.Binding), _quote!.Hash.ToArray());
    }

    private async Task<JobMessage> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _mailbox!.ReadAsync(cancellationToken).AsTask().WaitAsync(ClientSettings.StallTime, time, cancellationToken);
        }
        catch (Exception e) when (e is ChannelClosedException or TimeoutException)
        {
            ticket.Failed(e is TimeoutException ? FailureKind.Stalled : FailureKind.Lost);
            timeline.Add("worker-lost", Name, ("tokens", Number((ulong)_output.Count)));
            throw new CocoonException(
                ErrorCode.WorkerLost, $"the worker was lost after {_output.Count} tokens", "what arrived is paid, and no more; ask again for another worker");
        }
    }

    private void Blame(JobMessage message)
    {
        switch (message)
        {
            case JobRefused { Code: JobRefusalCode.Busy } busy:
                ticket.Busy(busy.RetryAfter);
                break;
            case JobRefused:
                ticket.Failed(FailureKind.Refused);
                break;
            default:
                ticket.Failed(FailureKind.Garbage);
                break;
        }
    }

    /// <summary>A worker that extends no credit on this channel will not do so later: the next job opens another.</summary>
    private ValueTask LeaveChannelAsync(JobMessage message, CancellationToken cancellationToken) =>
        message is JobRefused { Code: JobRefusalCode.Unfunded }
            ? _channel!.PostAsync(new ChannelEvent.CloseRequested(), cancellationToken)
            : ValueTask.CompletedTask;

    private async Task<AnswerPart> FinishAsync(FinishReason reason, CancellationToken cancellationToken)
    {
        WorkerLink link = _link!;
        Invariant.Holds(_quote!.Quote.Prices.TryCost(Counted, out NanoTon? cost), "a job within its cap has a cost");
        await receipts.ExpectAsync(
            new ReceiptParts(
                _jobHash, _jobId, _terms!, JobCommitments.Output(link.Session.Exporter, _output.ToArray()), _quote, link.Session, _channel!.State),
            cancellationToken);
        _over = true;
        ticket.Finished();
        link.Close(_jobHash);
        await _channel.CloseJobAsync(new Bits256(_jobHash), cancellationToken);
        timeline.Add(
            "finished", Name, ("tokens", Number((ulong)_output.Count)), ("cost_nanoton", Number(cost.Value.Value)),
            ("prompt_tokens", Number((ulong)spec.PromptIds.Length)));
        return new AnswerPart.Finished(reason, Counted, cost.Value);
    }

    private NoWorkerException Left(string reason, string cure) => new(
        ErrorCode.NoWorker, reason, cure, [new RefusedOffer(Libp2p.PeerId.TryFromBytes(_link!.Session.RemotePeer, out Libp2p.PeerId id) ? id.ToString() : "?", reason)]);

    private static CocoonException Refused(JobMessage message) => message switch
    {
        JobRefused { Code: JobRefusalCode.Busy } busy => new CocoonException(
            ErrorCode.Busy, "the worker has no free slot", $"retry in {Math.Ceiling(busy.RetryAfter.TotalSeconds)} s"),
        JobRefused { Code: JobRefusalCode.TooLarge } => new CocoonException(ErrorCode.TooLarge, "the worker finds the prompt too long", "send a shorter prompt"),
        JobRefused refused => new CocoonException(ErrorCode.WorkerLost, $"the worker stopped the job: {refused.Code}", "ask again for another worker"),
        _ => new CocoonException(ErrorCode.WorkerLost, "the worker sent what does not follow", "ask again for another worker"),
    };

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
