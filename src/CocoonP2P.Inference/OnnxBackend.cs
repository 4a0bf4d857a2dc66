using System.Runtime.CompilerServices;
using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Inference;

/// <summary>Runs models on ONNX Runtime: <see cref="IInferenceBackend"/> over one engine thread a model.</summary>
/// <param name="info">What runs them.</param>
/// <param name="models">Taken over.</param>
/// <param name="time">For expiry and estimates.</param>
internal sealed class OnnxBackend(BackendInfo info, IReadOnlyList<LoadedModel> models, TimeProvider time) : IInferenceBackend
{
    public BackendInfo Info => info;

    public IReadOnlyList<ModelInfo> Models => [.. models.Select(m => m.Info)];

    public ValueTask<Admission> AdmitAsync(JobSpec job, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LoadedModel model = models.FirstOrDefault(m => m.Manifest.Id.Span.SequenceEqual(job.ModelId.Span))
            ?? throw new InferenceException(InferenceErrorCode.UnknownModel, "This model is not loaded here.");
        GenerationJob generation = model.Maker.Make(job);
        return ValueTask.FromResult(model.Gate.TryEnter(job.Tenant, out TimeSpan retryAfter)
            ? new Admission(true, TimeSpan.Zero, new AdmittedJob(model, generation, time))
            : new Admission(false, retryAfter, null));
    }

    public async IAsyncEnumerable<JobEvent> RunAsync(
        Admission admission, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (admission.Handle is not AdmittedJob admitted || !admitted.TryStart())
        {
            throw new InferenceException(InferenceErrorCode.BadParameter, "An admission can be run once, within three minutes.");
        }

        GenerationJob job = admitted.Job;
        int read = job.Replayed;
        bool started = false;
        admitted.Model.Loop.Submit(job);
        try
        {
            while (true)
            {
                await job.NewsAsync(cancellationToken);
                if (!started && job.HasStarted)
                {
                    started = true;
                    yield return new JobEvent.Started();
                }

                // In this order: tokens that were added before the end are seen when the end is seen.
                bool ended = job.HasEnded;
                int count = job.Count;
                if (count > read)
                {
                    yield return new JobEvent.Delta(job.Tokens(read, count).ToArray(), job.Logprobs?.Read(read, count) ?? []);
                    read = count;
                }

                if (ended)
                {
                    yield return Finished(job, Math.Max(read, count), cancellationToken);
                    yield break;
                }
            }
        }
        finally
        {
            // Whoever leaves early waits for one step: when this returns the slot is free and wiped.
            if (!job.HasEnded)
            {
                admitted.Model.Loop.Cancel(job);
                while (!job.HasEnded)
                {
                    await job.NewsAsync(CancellationToken.None);
                }
            }

            admitted.Finish();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LoadedModel model in models)
        {
            await model.DisposeAsync();
        }
    }

    // Replayed tokens are read as the prompt is, and count with it.
    private static JobEvent.Finished Finished(GenerationJob job, int count, CancellationToken cancellationToken) =>
        new(Reason(job.End, cancellationToken), job.PromptTokens + job.Replayed, 0, count - job.Replayed);

    private static FinishReason Reason(JobEnd end, CancellationToken cancellationToken) => end switch
    {
        JobEnd.Stop => FinishReason.Stop,
        JobEnd.Length => FinishReason.Length,
        JobEnd.BadLogits => throw new InferenceException(InferenceErrorCode.BadLogits, "The model produced logits that are not numbers."),
        JobEnd.Deadline => throw new InferenceException(InferenceErrorCode.Deadline, "A step outran its time."),
        JobEnd.DeviceLost => throw new InferenceException(InferenceErrorCode.DeviceLost, "A step failed twice."),
        _ => throw new OperationCanceledException("The engine stopped.", cancellationToken),
    };
}
