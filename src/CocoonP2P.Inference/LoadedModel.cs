using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Models;
using CocoonP2P.Text;

namespace CocoonP2P.Inference;

/// <summary>A model in memory with its thread.</summary>
/// <param name="manifest">What it is.</param>
/// <param name="text">Its tokenizer, for stop strings.</param>
/// <param name="loop">Taken over.</param>
/// <param name="gate">How many jobs it takes.</param>
/// <param name="slots">Rows.</param>
/// <param name="deterministic">Whether the self-test passed.</param>
/// <param name="onDevice">Whether it runs on the device that was chosen, and not on the processor.</param>
internal sealed class LoadedModel(
    ModelManifest manifest, IModelText text, EngineLoop loop, AdmissionGate gate, int slots, bool deterministic, bool onDevice) : IAsyncDisposable
{
    public ModelManifest Manifest => manifest;

    public IModelText Text => text;

    public JobMaker Maker { get; } = new(manifest, text);

    public EngineLoop Loop => loop;

    public AdmissionGate Gate => gate;

    public bool OnDevice => onDevice;

    public ModelInfo Info => new(
        manifest.Name, manifest.Id, manifest.Kind, manifest.Limits.ContextTokens, manifest.Limits.MaxTokens, slots, gate.FreeSlots, deterministic);

    public ValueTask DisposeAsync() => loop.DisposeAsync();
}
