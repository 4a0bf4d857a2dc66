using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;
using CocoonP2P.Ton;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>The jobs of one session: each a task that this object owns, cancels and awaits.</summary>
internal sealed class WorkerJobs(
    WorkerEngine worker,
    AttestedSession session,
    SessionChannel payments,
    IInferenceBackend backend,
    WorkerSettings settings,
    Timeline timeline,
    TimeProvider time,
    ILogger log) : IAsyncDisposable
{
    /// <summary>Jobs of one session that run or wait: what two channels can lock. Waiting requests take 13 MiB at most.</summary>
    private const int MaxJobs = 2 * Protocol.Limits.LocksPerChannel;

    /// <summary>A client with so many jobs here comes back when one of them has ended.</summary>
    private static readonly TimeSpan OwnJobs = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (CancellationTokenSource Stop, Task Run)> _jobs = [];
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Checks a request and starts it; a refusal goes out at once.</summary>
    public async ValueTask RequestedAsync(JobRequest request, CancellationToken cancellationToken)
    {
        Forget();
        string job = Convert.ToHexStringLower(request.JobHash);
        (string? refusal, JobOrder? order) = Check(request, job);
        Admission? admission = null;
        if (refusal is null)
        {
            (admission, refusal) = await AdmitAsync(request.Spec, cancellationToken);
        }

        if (refusal is not null)
        {
            await RefuseAsync(request.JobHash, refusal, admission?.RetryAfter ?? (refusal == JobRefusalCode.Busy ? OwnJobs : TimeSpan.Zero), cancellationToken);
            return;
        }

        CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        WorkerJob run = new(request, order!, admission!, payments, session, backend, timeline, time, log);
        _jobs[job] = (stop, run.RunAsync(stop.Token));
    }

    public void Cancel(byte[] jobHash)
    {
        if (_jobs.TryGetValue(Convert.ToHexStringLower(jobHash), out (CancellationTokenSource Stop, Task Run) job))
        {
            job.Stop.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_jobs.Values.Select(job => job.Run));
        foreach ((CancellationTokenSource stop, _) in _jobs.Values)
        {
            stop.Dispose();
        }

        _ended.Dispose();
    }

    private void Forget()
    {
        foreach ((string job, (CancellationTokenSource stop, Task run)) in _jobs.Where(j => j.Value.Run.IsCompleted).ToArray())
        {
            _jobs.Remove(job);
            stop.Dispose();
        }
    }

    private (string? Refusal, JobOrder? Order) Check(JobRequest request, string job)
    {
        JobTermsFields terms = request.Terms;
        bool bound = JobCommitments.JobHash(terms) == new Bits256(request.JobHash)
            && terms.Request.AsSpan().SequenceEqual(JobCommitments.Request(session.Exporter, request.Spec))
            && terms.Model.AsSpan().SequenceEqual(request.Spec.ModelId.Span);
        if (!bound || !worker.TryFindQuote(terms.Quote, out Protocol.SignedQuote? quote)
            || !quote!.Quote.Model.ToArray().AsSpan().SequenceEqual(terms.Model) || terms.Deadline < time.GetUtcNow().ToUnixTimeSeconds())
        {
            return (JobRefusalCode.BadRequest, null);
        }

        if (_jobs.Count >= MaxJobs || _jobs.ContainsKey(job))
        {
            return (JobRefusalCode.Busy, null);
        }

        return JobOrders.TryMake(quote.Quote, new Bits256(request.JobHash), JobBill.Limits(request.Spec), settings.ReceiptKey, receiptLock: false, out JobOrder? order)
            ? (null, order)
            : (JobRefusalCode.BadRequest, null);
    }

    private async ValueTask<(Admission? Admission, string? Refusal)> AdmitAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            Admission admission = await backend.AdmitAsync(spec with { Tenant = Convert.ToHexStringLower(session.RemotePeer) }, cancellationToken);
            return (admission, admission.Accepted ? null : JobRefusalCode.Busy);
        }
        catch (InferenceException e)
        {
            return (null, e.Code switch
            {
                InferenceErrorCode.UnknownModel => JobRefusalCode.UnknownModel,
                InferenceErrorCode.PromptTooLong => JobRefusalCode.TooLarge,
                InferenceErrorCode.BadParameter => JobRefusalCode.BadRequest,
                _ => JobRefusalCode.Failed,
            });
        }
    }

    private async ValueTask RefuseAsync(byte[] jobHash, string code, TimeSpan retryAfter, CancellationToken cancellationToken)
    {
        JobLog.JobStopped(log, Convert.ToHexStringLower(jobHash), code);
        await session.SendAsync(new SessionMessage.Job(new JobRefused(jobHash, code, retryAfter)).Encode(), cancellationToken);
    }
}
