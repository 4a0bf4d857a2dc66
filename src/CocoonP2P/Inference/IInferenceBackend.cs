namespace CocoonP2P.Inference;

/// <summary>Runs models for a worker. The engine declares it; CocoonP2P.Inference implements it on ONNX Runtime.</summary>
internal interface IInferenceBackend : IAsyncDisposable
{
    /// <summary>Engine, device and what is proven about the weights.</summary>
    BackendInfo Info { get; }

    /// <summary>The models that are loaded and can be asked for.</summary>
    IReadOnlyList<ModelInfo> Models { get; }

    /// <summary>Reserves all memory that <paramref name="job"/> can ever need, or says why not.</summary>
    /// <exception cref="InferenceException">The job cannot run here at all: unknown model, prompt too long, bad parameter.</exception>
    ValueTask<Admission> AdmitAsync(JobSpec job, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs an admitted job: one <see cref="JobEvent.Started"/>, any number of <see cref="JobEvent.Delta"/>, one
    /// <see cref="JobEvent.Finished"/>. Cancelling frees and wipes the slot within 200 ms.
    /// </summary>
    IAsyncEnumerable<JobEvent> RunAsync(Admission admission, CancellationToken cancellationToken = default);
}

/// <summary>What runs the models, as it is reported in status and bound into the worker's runtime claims.</summary>
/// <param name="Engine">Name and version, such as "onnxruntime 1.31.0".</param>
/// <param name="Device">"cpu" or the plugin provider's device, such as "cuda:0 NVIDIA H100".</param>
/// <param name="ProviderDigest">SHA-256 of the native library that computes, 32 bytes.</param>
/// <param name="DeterminismClass">SHA-256 over all that decides which bits come out, 32 bytes; docs/protocol/inference.md.</param>
internal sealed record BackendInfo(
    string Engine, string Device, ReadOnlyMemory<byte> ProviderDigest, ReadOnlyMemory<byte> DeterminismClass);

/// <summary>A loaded model.</summary>
/// <param name="Name">The manifest's name, such as "cocoon-tiny".</param>
/// <param name="Id">SHA-256 of the canonical manifest, 32 bytes: what quotes, offers and receipts name.</param>
/// <param name="Contract">The graph contract, such as "cocoon-llm/1".</param>
/// <param name="ContextTokens">Most tokens of prompt and answer together.</param>
/// <param name="MaxTokens">Most tokens of one answer.</param>
/// <param name="Slots">Requests decoded together.</param>
/// <param name="FreeSlots">Requests that could start now.</param>
/// <param name="Deterministic">Whether the self-test at load found equal bits in every batch.</param>
internal sealed record ModelInfo(
    string Name,
    ReadOnlyMemory<byte> Id,
    string Contract,
    int ContextTokens,
    int MaxTokens,
    int Slots,
    int FreeSlots,
    bool Deterministic)
{
    /// <summary>Numbers of an embedding; 0 for a model that generates.</summary>
    public int Dimensions { get; init; }

    /// <summary>What one job got lately, in tokens a second; 0 before the first.</summary>
    public int TokensPerSecond { get; init; }

    /// <summary>How long a job that came now would wait for its first step.</summary>
    public TimeSpan QueueTime { get; init; }
}
