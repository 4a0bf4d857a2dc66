using System.Globalization;
using System.Threading.Channels;
using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Text;

namespace CocoonP2P.Jobs;

/// <summary>One attempt at one worker: agrees on the price, locks it, reads what comes and pays for what it counted itself.</summary>
internal sealed class ClientJob(
    ClientParts parts, Place place, JobSpec spec, IModelText text, OrderBudget budget, IJobWatcher watcher)
{
    private readonly ChunkCheck _chunks = new(spec, text.Vocabulary);
    private readonly VectorCheck _vectors = new(spec, text.Dimensions);
    private readonly List<int> _output = [];
    private WorkerLink? _link;
    private JobAgreement? _agreed;
    private ChannelLease? _lease;
    private ChannelReader<JobMessage>? _mailbox;
    private ulong _jobId;
    private bool _ended;

    /// <summary>Hex of the job hash; "" before terms were made.</summary>
    public string Name => _agreed is null ? "" : Convert.ToHexStringLower(_agreed.JobHash);

    /// <summary>The session that it runs in; not before it started.</summary>
    public AttestedSession Session => _link!.Session;

    /// <summary>What it has cost so far.</summary>
    public NanoTon Spent => _lease is null ? NanoTon.Zero : _agreed!.CostOf(spec, _chunks.Tokens, _vectors.IsWhole || _ended);

    /// <summary>An embedding's result, once it ended.</summary>
    public IReadOnlyList<float[]> Vectors => _vectors.ToVectors();

    private ChannelEngine Channel => _lease!.Channel;

    /// <summary>Runs it to its end; whatever ends it, what arrived is paid and the rest of the lock is free again.</summary>
    /// <exception cref="AttemptFailedException">It came to nothing.</exception>
    public async Task<FinishReason> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StartAsync(cancellationToken);
            return await ReadAsync(cancellationToken);
        }
        catch (AttemptFailedException e)
        {
            Blame(e.Failure);
            throw;
        }
        catch (Exception e) when (AttemptTrouble.IsNoSession(e))
        {
            AttemptFailure failure = _agreed is null ? AttemptTrouble.NoSession(e) : AttemptTrouble.Lost(_chunks.Tokens);
            JobLog.SessionRefused(parts.Log, failure.Error.Code.Name(), e.Message);
            parts.DropOffer(place.Choice.Candidate.Offer.Worker);
            Blame(failure);
            throw new AttemptFailedException(failure);
        }
        finally
        {
            await LeaveAsync();
        }
    }

    /// <summary>Tells the market what went wrong, where it was the worker's fault.</summary>
    public void Blame(FailureKind kind) => place.Ticket.Failed(kind);

    private void Blame(AttemptFailure failure)
    {
        if (failure.Blame == FailureKind.Busy)
        {
            place.Ticket.Busy(failure.Error.RetryAfter ?? TimeSpan.Zero);
        }
        else if (failure.Blame is { } kind)
        {
            Blame(kind);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _link = await parts.Links.GetAsync(place.Choice.Candidate.Offer, cancellationToken);
        SignedQuote quote = _link.Quotes.Find(spec.ModelId, parts.Time.GetUtcNow()) ?? await AskPriceAsync(_link, cancellationToken);
        JobAgreement agreed = JobAgreement.Make(parts.Settings, _link.Session, quote, spec, parts.Time.GetUtcNow());
        _agreed = agreed;
        if (!await budget.TryReserveAsync(agreed.Order.Cap, cancellationToken))
        {
            throw new AttemptFailedException(AttemptTrouble.TooDear(agreed.Order.Cap, budget.LeftAtBest));
        }

        try
        {
            _lease = await parts.Channels.GetAsync(_link, agreed.Quote.Quote, Name, agreed.Order.Cap, cancellationToken);
        }
        catch (Exception e)
        {
            budget.Settle(agreed.Order.Cap, NanoTon.Zero);
            throw e is CocoonException own ? new AttemptFailedException(AttemptTrouble.Own(own)) : e;
        }

        _mailbox = _link.Open(agreed.JobHash);
        await _link.SendAsync(new JobRequest(agreed.JobHash, agreed.Terms, spec, Channel.State.Settings.Address.Hash), cancellationToken);
        place.Ticket.Sent();
        await LockAsync(agreed.Order, cancellationToken);
        await watcher.StartedAsync(cancellationToken);
    }

    private async Task<SignedQuote> AskPriceAsync(WorkerLink link, CancellationToken cancellationToken)
    {
        SignedQuote? told = await WithinAsync(token => link.QuoteAsync(spec.ModelId.ToArray(), token), "tell its price", cancellationToken);
        SignedQuote vouched = JobAgreement.Vouch(parts.Settings, link.Session, told, spec.ModelId, parts.Time.GetUtcNow());
        link.Quotes.Keep(vouched);
        return vouched;
    }

    private async Task LockAsync(JobOrder order, CancellationToken cancellationToken)
    {
        try
        {
            _jobId = await WithinAsync(token => Channel.LockAsync(order, token), "take the lock", cancellationToken);
        }
        catch (PaymentException e)
        {
            throw new AttemptFailedException(AttemptTrouble.NotLocked(e, order.Cap, Channel.State, parts.Settings));
        }

        parts.Timeline.Add("locked", Name, ("job_id", Number(_jobId)), ("cap_nanoton", Number(order.Cap.Value)));
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> step, string what, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new(ClientSettings.StepTime, parts.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await step(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AttemptFailedException(AttemptTrouble.Slow(what));
        }
    }

    private async Task<FinishReason> ReadAsync(CancellationToken cancellationToken)
    {
        TimeSpan valid = Session.Verdict!.ValidUntil - parts.Time.GetUtcNow();
        using CancellationTokenSource expiry = new(TimeSpan.FromTicks(Math.Clamp(valid.Ticks, 1, ClientSettings.JobTime.Ticks)), parts.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        while (true)
        {
            JobMessage message = await NextAsync(either.Token, cancellationToken);
            switch (message)
            {
                case JobChunk chunk:
                    await TakeAsync(chunk, cancellationToken);
                    break;
                case JobVectors vectors:
                    Require(_vectors.Take(vectors));
                    break;
                case JobEnd end:
                    return await EndAsync(end, cancellationToken);
                case JobRefused refused:
                    await RefusedAsync(refused, cancellationToken);
                    throw new AttemptFailedException(AttemptTrouble.Refused(refused));
                default:
                    throw new AttemptFailedException(AttemptTrouble.Garbage("what only a client sends"));
            }
        }
    }

    private async Task<JobMessage> NextAsync(CancellationToken orExpired, CancellationToken cancellationToken)
    {
        try
        {
            return await _mailbox!.ReadAsync(orExpired);
        }
        catch (ChannelClosedException)
        {
            parts.Timeline.Add("worker-lost", Name, ("tokens", Number((ulong)_chunks.Tokens)));
            throw new AttemptFailedException(AttemptTrouble.Lost(_chunks.Tokens));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AttemptFailedException(AttemptTrouble.Expired());
        }
    }

    private async Task TakeAsync(JobChunk chunk, CancellationToken cancellationToken)
    {
        Require(_chunks.Take(chunk));
        place.Ticket.Received(chunk.TokenIds.Length);
        _output.AddRange(chunk.TokenIds);
        if (chunk.Index == 0)
        {
            parts.Timeline.Add("first-token", Name);
        }

        await Channel.PayAsync(_jobId, Counted, cancellationToken);
        await watcher.ArrivedAsync(chunk, cancellationToken);
    }

    private async Task<FinishReason> EndAsync(JobEnd end, CancellationToken cancellationToken)
    {
        bool embeds = spec.Inputs.Count > 0;
        Require(embeds && !_vectors.IsWhole ? "an end without all vectors" : null);
        if (embeds)
        {
            await Channel.PayAsync(_jobId, Counted, cancellationToken);
        }

        if (end.CompletionTokens > Counted.Completion || end.PromptTokens > Counted.Prompt)
        {
            Blame(FailureKind.OverCounted);
            JobLog.PeerFault(parts.Log, PaymentCode.UsageMismatch, "the worker counts otherwise; this node pays its own count");
        }

        byte[] output = embeds
            ? JobCommitments.Output(Session.Exporter, _vectors.Values)
            : JobCommitments.Output(Session.Exporter, _output.ToArray());
        await parts.Receipts.ExpectAsync(
            new ReceiptParts(_agreed!.JobHash, _jobId, _agreed.Terms, output, _agreed.Quote, Session, Channel.State), cancellationToken);
        _ended = true;
        place.Ticket.Finished();
        parts.Timeline.Add(
            "finished", Name, ("tokens", Number((ulong)_chunks.Tokens)), ("cost_nanoton", Number(Spent.Value)),
            ("prompt_tokens", Number(JobBill.Prompt(spec))));
        return end.Reason;
    }

    private async ValueTask RefusedAsync(JobRefused refused, CancellationToken cancellationToken)
    {
        switch (refused.Code)
        {
            case JobRefusalCode.Unfunded:
                // A worker that extends no credit on this channel will not do so later: the next job opens another.
                await Channel.PostAsync(new ChannelEvent.CloseRequested(), cancellationToken);
                break;
            case JobRefusalCode.BadRequest:
                _link!.Quotes.Forget(spec.ModelId);
                break;
        }
    }

    private async ValueTask LeaveAsync()
    {
        try
        {
            if (_lease is null)
            {
                return;
            }

            _link!.Close(_agreed!.JobHash);
            if (!_ended && !_link.IsEnded)
            {
                await _link.TrySendAsync(new JobCancel(_agreed.JobHash), ClientSettings.GoodbyeTime, parts.Time);
            }

            await Channel.PostAsync(new ChannelEvent.JobEnded(_agreed.Order.JobHash), CancellationToken.None);
            budget.Settle(_agreed.Order.Cap, Spent);
            _lease.Dispose();
        }
        finally
        {
            place.Dispose();
        }
    }

    private Usage Counted => JobBill.Used(spec, _chunks.Tokens);

    private static void Require(string? fault)
    {
        if (fault is not null)
        {
            throw new AttemptFailedException(AttemptTrouble.Garbage(fault));
        }
    }

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Who is told how an attempt goes on.</summary>
internal interface IJobWatcher
{
    /// <summary>The price is locked and the request out.</summary>
    ValueTask StartedAsync(CancellationToken cancellationToken);

    /// <summary>Tokens came, checked and paid for. While this waits, the worker's stream waits.</summary>
    ValueTask ArrivedAsync(JobChunk chunk, CancellationToken cancellationToken);
}
