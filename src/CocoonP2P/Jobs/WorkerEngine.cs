using System.Collections.Concurrent;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;
using CocoonP2P.Ton;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>The worker's side: answers sessions, quotes prices, runs paid jobs.</summary>
internal sealed class WorkerEngine(
    WorkerSettings settings, IInferenceBackend backend, TextShelf texts, ChannelDirectory channels, Timeline timeline, TimeProvider time, ILogger log)
{
    /// <summary>Quotes remembered, so that a job may name one that has just been replaced: a day of hourly quotes for 8 models.</summary>
    private const int QuotesKept = 256;

    private readonly ConcurrentDictionary<Bits256, SignedQuote> _quotes = new();
    private ulong _serial;

    public IInferenceBackend Backend => backend;

    public ulong PricePerMillion => settings.PricePerMillion;

    /// <summary>Serves one attested session until either side ends it.</summary>
    public async Task ServeAsync(AttestedSession session, CancellationToken cancellationToken)
    {
        SessionChannel payments = new(session, channels);
        await using WorkerJobs jobs = new(this, session, payments, backend, settings, timeline, time, log);
        try
        {
            while (await session.ReceiveAsync(cancellationToken) is { } bytes)
            {
                if (!SessionMessage.TryDecode(bytes, out SessionMessage? message, out PeerFault? fault))
                {
                    JobLog.PeerFault(log, fault.Code, fault.Detail);
                    return;
                }

                await HandleAsync(session, payments, jobs, message, cancellationToken);
            }
        }
        catch (Exception e) when (e is SessionException or IOException)
        {
            JobLog.SessionEnded(log, e.Message);
        }
        finally
        {
            payments.Detach();
        }
    }

    /// <summary>A quote that this worker gave and that still counts.</summary>
    public bool TryFindQuote(byte[] hash, out SignedQuote? quote) =>
        _quotes.TryGetValue(new Bits256(hash), out quote) && quote.Quote.IsValidAt(time.GetUtcNow());

    private async ValueTask HandleAsync(
        AttestedSession session, SessionChannel payments, WorkerJobs jobs, SessionMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case SessionMessage.QuoteWanted wanted:
                await session.SendAsync(AnswerQuote(wanted).Encode(), cancellationToken);
                break;
            case SessionMessage.WantText text:
                await session.SendAsync(new SessionMessage.Text(texts.Answer(text.Wanted)).Encode(), cancellationToken);
                break;
            case SessionMessage.Payment payment:
                await PayAsync(payments, payment.Message, cancellationToken);
                break;
            case SessionMessage.Job { Message: JobRequest request }:
                await jobs.RequestedAsync(request, cancellationToken);
                break;
            case SessionMessage.Job { Message: JobCancel cancel }:
                jobs.Cancel(cancel.JobHash);
                break;
        }
    }

    private SessionMessage AnswerQuote(SessionMessage.QuoteWanted wanted)
    {
        ModelInfo? model = backend.Models.FirstOrDefault(m => m.Id.Span.SequenceEqual(wanted.Model));
        if (model is null)
        {
            return new SessionMessage.Job(new JobRefused(wanted.Model, JobRefusalCode.UnknownModel, TimeSpan.Zero));
        }

        SignedQuote quote = settings.QuoteFor(model, time.GetUtcNow(), Interlocked.Increment(ref _serial));
        foreach (Bits256 stale in _quotes.Where(q => !q.Value.Quote.IsValidAt(time.GetUtcNow())).Select(q => q.Key))
        {
            _quotes.TryRemove(stale, out _);
        }

        // The same prices make the same quote for a while: only its serial and time differ, so the oldest may go.
        if (_quotes.Count >= QuotesKept)
        {
            _quotes.TryRemove(_quotes.MinBy(q => q.Value.Quote.Serial).Key, out _);
        }

        _quotes[quote.Hash] = quote;
        return new SessionMessage.Quote(quote);
    }

    private async ValueTask PayAsync(SessionChannel payments, PaymentMessage message, CancellationToken cancellationToken)
    {
        ChannelEngine? engine = channels.Find(message.Channel);
        if (engine is null && message is ChannelTermsMessage terms && _quotes.Values.FirstOrDefault() is SignedQuote own
            && ChannelOpening.TryForWorker(terms, own.Quote, settings.Policy, out ChannelState? made, out _))
        {
            engine = channels.Open(made);
        }

        // A client announces a channel before it proposes it; until then there is nothing to compare.
        if (engine is null && message is not PayResume)
        {
            JobLog.PeerFault(log, PaymentCode.BadChannel, "a channel that this worker does not serve");
        }

        if (engine is null)
        {
            return;
        }

        await payments.AttachAsync(engine, cancellationToken);
        await SessionChannel.PostAsync(engine, message, cancellationToken);
    }
}
