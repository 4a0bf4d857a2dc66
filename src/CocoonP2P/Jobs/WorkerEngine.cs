using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>The worker's side: answers sessions, quotes prices, runs paid jobs.</summary>
internal sealed class WorkerEngine(
    WorkerSettings settings, IInferenceBackend backend, TextShelf texts, ChannelDirectory channels, Timeline timeline, TimeProvider time, ILogger log)
{
    private readonly QuoteShelf _quotes = new(settings, time);

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
    public bool TryFindQuote(byte[] hash, out SignedQuote? quote) => _quotes.TryFind(hash, out quote);

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
        return model is null
            ? new SessionMessage.Job(new JobRefused(wanted.Model, JobRefusalCode.UnknownModel, TimeSpan.Zero))
            : new SessionMessage.Quote(_quotes.For(model));
    }

    private async ValueTask PayAsync(SessionChannel payments, PaymentMessage message, CancellationToken cancellationToken)
    {
        ChannelEngine? engine = channels.Find(message.Channel);
        if (engine is null && message is ChannelTermsMessage terms && _quotes.Any is SignedQuote own
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
