namespace CocoonP2P.Inference;

/// <summary>Runs models on ONNX Runtime: <see cref="IInferenceBackend"/> over the models that were loaded.</summary>
/// <param name="info">What runs them.</param>
/// <param name="models">Taken over.</param>
/// <param name="time">For expiry and estimates.</param>
internal sealed class OnnxBackend(BackendInfo info, IReadOnlyList<IHostedModel> models, TimeProvider time) : IInferenceBackend
{
    public BackendInfo Info => info;

    public IReadOnlyList<ModelInfo> Models => [.. models.Select(m => m.Info)];

    public ValueTask<Admission> AdmitAsync(JobSpec job, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IHostedModel model = models.FirstOrDefault(m => m.Manifest.Id.Span.SequenceEqual(job.ModelId.Span))
            ?? throw new InferenceException(InferenceErrorCode.UnknownModel, "This model is not loaded here.");
        return ValueTask.FromResult(model.Admit(job, time));
    }

    public IAsyncEnumerable<JobEvent> RunAsync(Admission admission, CancellationToken cancellationToken = default) =>
        admission.Handle is AdmittedRun run && run.TryStart()
            ? run.RunAsync(cancellationToken)
            : throw new InferenceException(InferenceErrorCode.BadParameter, "An admission can be run once, within three minutes.");

    public async ValueTask DisposeAsync()
    {
        foreach (IHostedModel model in models)
        {
            await model.DisposeAsync();
        }
    }
}
