using System.Collections.Concurrent;
using System.Threading.Channels;
using CocoonP2P.Models;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>A client's open session with one worker: sends requests, sorts what comes back to the jobs that wait for it.</summary>
internal sealed class WorkerLink : ITextSource, IAsyncDisposable
{
    /// <summary>Chunks of one job that a slow reader may leave waiting; then the worker's stream waits too.</summary>
    private const int Mailbox = 64;

    private readonly ChannelDirectory _channels;
    private readonly ReceiptBook _receipts;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, Channel<JobMessage>> _jobs = new();
    private readonly ConcurrentQueue<TaskCompletionSource<SignedQuote?>> _quotes = new();
    private readonly TextMailbox _texts = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Task _receiving;
    private readonly CancellationToken _overToken;
    private string _ended = "";

    public WorkerLink(AttestedSession session, ChannelDirectory channels, ReceiptBook receipts, ILogger log)
    {
        (Session, _channels, _receipts, _log) = (session, channels, receipts, log);
        Payments = new SessionChannel(session, channels);
        _overToken = _over.Token;
        _receiving = ReceiveAsync(_stop.Token);
    }

    public AttestedSession Session { get; }

    public SessionChannel Payments { get; }

    /// <summary>Prices that this worker has told and its evidence vouches for.</summary>
    public KeptQuotes Quotes { get; } = new();

    /// <summary>Whether no job speaks through it.</summary>
    public bool IsIdle => _jobs.IsEmpty;

    /// <summary>Whether nothing more will come.</summary>
    public bool IsEnded => _receiving.IsCompleted;

    /// <summary>Cancelled when nothing more will come.</summary>
    public CancellationToken Ended => _overToken;

    /// <summary>A fresh quote; null where the worker does not serve the model.</summary>
    /// <exception cref="SessionException">The session ended first.</exception>
    public async Task<SignedQuote?> QuoteAsync(byte[] model, CancellationToken cancellationToken)
    {
        TaskCompletionSource<SignedQuote?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _quotes.Enqueue(answer);
        await Session.SendAsync(new SessionMessage.QuoteWanted(model).Encode(), cancellationToken);
        Task first = await Task.WhenAny(answer.Task, _receiving).WaitAsync(cancellationToken);
        return first == answer.Task ? await answer.Task : throw new SessionException(new SessionFault(SessionError.Closed, _ended));
    }

    /// <inheritdoc/>
    public async Task<TextPart?> TextAsync(TextWanted wanted, CancellationToken cancellationToken)
    {
        using IDisposable turn = await _texts.TakeTurnAsync(cancellationToken);
        Task<TextPart> answer = _texts.ExpectAsync();
        await Session.SendAsync(new SessionMessage.WantText(wanted).Encode(), cancellationToken);
        Task first = await Task.WhenAny(answer, _receiving).WaitAsync(cancellationToken);
        TextPart part = first == answer ? await answer : throw new SessionException(new SessionFault(SessionError.Closed, _ended));
        return part.Total == 0 ? null : part.Answers(wanted) ? part
            : throw new SessionException(new SessionFault(SessionError.Malformed, "a text part that was not asked for"));
    }

    /// <summary>Opens a job's mailbox; dispose it when the job is over.</summary>
    public ChannelReader<JobMessage> Open(byte[] jobHash)
    {
        Channel<JobMessage> mailbox = Channel.CreateBounded<JobMessage>(new BoundedChannelOptions(Mailbox) { SingleReader = true });
        _jobs[Key(jobHash)] = mailbox;
        if (_receiving.IsCompleted)
        {
            mailbox.Writer.TryComplete();
        }

        return mailbox.Reader;
    }

    public void Close(byte[] jobHash) => _jobs.TryRemove(Key(jobHash), out _);

    public ValueTask SendAsync(JobMessage message, CancellationToken cancellationToken) =>
        Session.SendAsync(new SessionMessage.Job(message).Encode(), cancellationToken);

    /// <summary>Sends where that is possible within this time: a dead worker's full stream must not hold up who leaves it.</summary>
    public async ValueTask TrySendAsync(JobMessage message, TimeSpan limit, TimeProvider time)
    {
        using CancellationTokenSource timer = new(limit, time);
        try
        {
            await SendAsync(message, timer.Token);
        }
        catch (Exception e) when (e is IOException or SessionException or ObjectDisposedException or OperationCanceledException)
        {
            // The session is ending; what was agreed and paid needs no goodbye.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Stop();
        await _receiving;
        await Session.DisposeAsync();
        _texts.Dispose();
        _stop.Dispose();
        _over.Dispose();
    }

    private static string Key(byte[] jobHash) => Convert.ToHexStringLower(jobHash);

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await Session.ReceiveAsync(cancellationToken) is { } bytes)
            {
                if (!SessionMessage.TryDecode(bytes, out SessionMessage? message, out PeerFault? fault))
                {
                    JobLog.PeerFault(_log, fault.Code, fault.Detail);
                    break;
                }

                await SortAsync(message, cancellationToken);
            }

            _ended = "the worker closed the session";
        }
        catch (Exception e) when (e is SessionException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            _ended = e.Message;
        }
        finally
        {
            Payments.Detach();
            _over.Stop();
            foreach (Channel<JobMessage> job in _jobs.Values)
            {
                job.Writer.TryComplete();
            }
        }
    }

    private async ValueTask SortAsync(SessionMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case SessionMessage.Payment payment when _channels.Find(payment.Message.Channel) is ChannelEngine engine:
                await SessionChannel.PostAsync(engine, payment.Message, cancellationToken);
                if (payment.Message is JobReceipt receipt)
                {
                    await _receipts.CameAsync(receipt, cancellationToken);
                }

                break;
            case SessionMessage.Quote quote when _quotes.TryDequeue(out TaskCompletionSource<SignedQuote?>? waiting):
                waiting.TrySetResult(quote.Signed);
                break;
            case SessionMessage.Job { Message: JobRefused { Code: JobRefusalCode.UnknownModel } refused }
                when !_jobs.ContainsKey(Key(refused.JobHash)) && _quotes.TryDequeue(out TaskCompletionSource<SignedQuote?>? unknown):
                unknown.TrySetResult(null);
                break;
            case SessionMessage.Text text:
                _texts.Came(text.Part);
                break;
            case SessionMessage.Job job when _jobs.TryGetValue(Key(job.Message.JobHash), out Channel<JobMessage>? mailbox):
                await mailbox.Writer.WriteAsync(job.Message, cancellationToken);
                break;
        }
    }
}
