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

    private readonly string _job = Convert.ToHexStringLower(request.JobHash);
    private readonly ChunkBuffer _waiting = new(time);
    private readonly List<int> _output = [];
    private ChannelEngine? _channel;
    private ulong _jobId;
    private byte[] _outputHash = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using CancellationTokenSource timer = new(LockTime, time);
            using (CancellationTokenSource locking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token))
            {
                _channel = await payments.FindAsync(request.Channel, locking.Token);
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
            switch (happened)
            {
                case JobEvent.Delta delta when _waiting.Add(delta):
                    await FlushAsync(cancellationToken);
                    break;
                case JobEvent.Vectors vectors:
                    await SendVectorsAsync(vectors.Values, cancellationToken);
                    break;
                case JobEvent.Finished finished:
                    await FlushAsync(cancellationToken);
                    await FinishAsync(finished, started, cancellationToken);
                    break;
            }
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (JobChunk chunk in _waiting.Flush(request.JobHash))
        {
            await _channel!.DeliverAsync(_jobId, JobBill.Used(request.Spec, _output.Count + chunk.TokenIds.Length), cancellationToken);
            await session.SendAsync(new SessionMessage.Job(chunk).Encode(), cancellationToken);
            _output.AddRange(chunk.TokenIds);
        }
    }

    /// <summary>An embedding's whole price is its prompt: once the credit covers that, all of it goes out.</summary>
    private async Task SendVectorsAsync(ReadOnlyMemory<float> values, CancellationToken cancellationToken)
    {
        await _channel!.DeliverAsync(_jobId, JobBill.Used(request.Spec, 0), cancellationToken);
        uint index = 0;
        for (int at = 0; at < values.Length; at += Limits.VectorPartValues)
        {
            float[] part = values.Slice(at, Math.Min(Limits.VectorPartValues, values.Length - at)).ToArray();
            await session.SendAsync(new SessionMessage.Job(new JobVectors(request.JobHash, index++, part)).Encode(), cancellationToken);
        }

        _outputHash = JobCommitments.Output(session.Exporter, values.Span);
    }

    private async Task FinishAsync(JobEvent.Finished finished, uint started, CancellationToken cancellationToken)
    {
        Usage usage = JobBill.Used(request.Spec, _output.Count);
        byte[] output = request.Spec.Inputs.Count > 0 ? _outputHash : JobCommitments.Output(session.Exporter, _output.ToArray());
        JobEnd end = new(request.JobHash, finished.Reason, usage.Prompt, 0, usage.Completion);
        await session.SendAsync(new SessionMessage.Job(end).Encode(), cancellationToken);
        JobResult result = new(
            order.JobHash, new Bits256(output), started,
            (uint)time.GetUtcNow().ToUnixTimeSeconds(), usage);
        await _channel!.ReceiptAsync(_jobId, result, cancellationToken);
        JobLog.JobFinished(log, _job, finished.Reason.ToString(), usage.Completion);
        timeline.Add("job-finished", _job, ("tokens", usage.Completion.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

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
