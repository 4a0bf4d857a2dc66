using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;
using CocoonP2P.Ton;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>One job on a worker: waits for its lock, runs, delivers no more than its credit allows, signs the receipt.</summary>
internal sealed class WorkerJob(
    JobRequest request,
    JobOrder order,
    Admission admission,
    SessionChannel payments,
    AttestedSession session,
    IInferenceBackend backend,
    Timeline timeline,
    TimeProvider time,
    ILogger log)
{
    /// <summary>A lock that does not come within this time does not come.</summary>
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(30);

    /// <summary>Tokens wait this long for company: a chunk costs a signature at each end.</summary>
    private static readonly TimeSpan ChunkTime = TimeSpan.FromMilliseconds(100);

    private readonly string _job = Convert.ToHexStringLower(request.JobHash);
    private readonly List<int> _waiting = [];
    private readonly List<int> _output = [];
    private ChannelEngine? _channel;
    private ulong _jobId;
    private uint _chunks;
    private long _flushedAt;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using CancellationTokenSource timer = new(LockTime, time);
            using (CancellationTokenSource locking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token))
            {
                _channel = await payments.CurrentAsync(locking.Token);
                _jobId = await _channel.ExpectAsync(order, locking.Token);
            }

            await GenerateAsync(cancellationToken);
        }
        catch (PaymentException e)
        {
            await StopAsync(JobRefusalCode.Unfunded, e.Code);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(JobRefusalCode.Stopping, "cancelled");
        }
        catch (Exception e) when (e is IOException or SessionException)
        {
            await AbandonAsync();
            JobLog.JobStopped(log, _job, "session-ended");
        }
        catch (InferenceException e)
        {
            JobLog.JobFailed(log, _job, e);
            await StopAsync(JobRefusalCode.Failed, e.Code.ToString());
        }
    }

    private async Task GenerateAsync(CancellationToken cancellationToken)
    {
        uint started = (uint)time.GetUtcNow().ToUnixTimeSeconds();
        JobLog.JobStarted(log, _job, request.Spec.PromptIds.Length);
        timeline.Add("job-started", _job);
        await foreach (JobEvent happened in backend.RunAsync(admission, cancellationToken))
        {
            if (happened is JobEvent.Delta delta)
            {
                _waiting.AddRange(delta.TokenIds.Span);
                if (_chunks == 0 || _waiting.Count >= Limits.ChunkTokens || time.GetElapsedTime(_flushedAt) >= ChunkTime)
                {
                    await FlushAsync(cancellationToken);
                }
            }
            else if (happened is JobEvent.Finished finished)
            {
                await FlushAsync(cancellationToken);
                await FinishAsync(finished, started, cancellationToken);
            }
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (int[] tokens in _waiting.Chunk(Limits.ChunkTokens))
        {
            await _channel!.DeliverAsync(_jobId, UsageWith(tokens.Length), cancellationToken);
            await session.SendAsync(new SessionMessage.Job(new JobChunk(request.JobHash, _chunks++, tokens)).Encode(), cancellationToken);
            _output.AddRange(tokens);
        }

        _waiting.Clear();
        _flushedAt = time.GetTimestamp();
    }

    private async Task FinishAsync(JobEvent.Finished finished, uint started, CancellationToken cancellationToken)
    {
        Usage usage = UsageWith(0);
        JobEnd end = new(request.JobHash, finished.Reason, usage.Prompt, 0, usage.Completion);
        await session.SendAsync(new SessionMessage.Job(end).Encode(), cancellationToken);
        JobResult result = new(
            order.JobHash, new Bits256(JobCommitments.Output(session.Exporter, _output.ToArray())), started,
            (uint)time.GetUtcNow().ToUnixTimeSeconds(), usage);
        await _channel!.ReceiptAsync(_jobId, result, cancellationToken);
        JobLog.JobFinished(log, _job, finished.Reason.ToString(), usage.Completion);
        timeline.Add("job-finished", _job, ("tokens", usage.Completion.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Cached tokens are billed as fresh ones until the price list says otherwise, so they are not counted apart.</summary>
    private Usage UsageWith(int more) => new((uint)request.Spec.PromptIds.Length, Completion: (uint)(_output.Count + more));

    private ValueTask AbandonAsync() => _channel?.AbandonAsync(order.JobHash, CancellationToken.None) ?? ValueTask.CompletedTask;

    private async Task StopAsync(string code, string reason)
    {
        JobLog.JobStopped(log, _job, reason);
        await AbandonAsync();
        try
        {
            await session.SendAsync(
                new SessionMessage.Job(new JobRefused(request.JobHash, code, TimeSpan.Zero)).Encode(), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SessionException or ObjectDisposedException)
        {
            // The client is gone; there is nobody left to tell.
        }
    }
}
