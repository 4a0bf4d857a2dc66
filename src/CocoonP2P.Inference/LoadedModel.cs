using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Models;
using CocoonP2P.Text;

namespace CocoonP2P.Inference;

/// <summary>A model that generates, with its thread.</summary>
/// <param name="manifest">What it is.</param>
/// <param name="text">Its tokenizer, for stop strings.</param>
/// <param name="loop">Taken over.</param>
/// <param name="slots">Rows.</param>
/// <param name="deterministic">Whether the self-test passed.</param>
/// <param name="onDevice">Whether it runs on the device that was chosen, and not on the processor.</param>
internal sealed class LoadedModel(
    ModelManifest manifest, IModelText text, EngineLoop loop, int slots, bool deterministic, bool onDevice) : IHostedModel
{
    private readonly JobMaker _maker = new(manifest, text);

    public ModelManifest Manifest => manifest;

    public IModelText Text => text;

    public EngineLoop Loop => loop;

    public AdmissionGate Gate { get; } = new(slots, loop.Pace);

    public bool OnDevice => onDevice;

    public ModelInfo Info => new(
        manifest.Name, manifest.Id, manifest.Kind, manifest.Limits.ContextTokens, manifest.Limits.MaxTokens, slots, Gate.FreeSlots, deterministic)
    {
        TokensPerSecond = loop.Pace.TokensPerSecond,
        QueueTime = Gate.QueueTime,
    };

    public Admission Admit(JobSpec job, TimeProvider time)
    {
        GenerationJob made = _maker.Make(job);
        return Gate.TryEnter(job.Tenant, out TimeSpan retryAfter)
            ? new Admission(true, TimeSpan.Zero, new GenerationRun(this, made, time))
            : new Admission(false, retryAfter, null);
    }

    public ValueTask DisposeAsync() => loop.DisposeAsync();
}
