using CocoonP2P.Inference.Embedding;
using CocoonP2P.Inference.Runtime;
using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Models;
using CocoonP2P.Text;

namespace CocoonP2P.Inference;

/// <summary>From a model of the store to one that takes jobs: verified, validated, loaded, tested.</summary>
/// <param name="store">Where it is.</param>
/// <param name="options">Without problems.</param>
/// <param name="device">What was chosen for models that generate.</param>
/// <param name="time">For durations.</param>
internal sealed class ModelOpener(ModelStore store, InferenceOptions options, EpChoice device, TimeProvider time)
{
    /// <summary>What an operator should know.</summary>
    public List<string> Warnings { get; } = [.. new[] { device.Warning }.Where(w => w.Length > 0)];

    /// <exception cref="InferenceException">ModelInvalid; DeviceLost where the device is required and the model cannot be there.</exception>
    public IHostedModel Open(ModelManifest manifest, IModelText text)
    {
        try
        {
            return manifest.Kind == ModelManifest.EmbedKind ? Embedding(manifest, text) : Generating(manifest, text);
        }
        catch (StepFailedException)
        {
            throw new InferenceException(InferenceErrorCode.ModelInvalid, $"{manifest.Name} does not run.");
        }
    }

    private LoadedModel Generating(ModelManifest manifest, IModelText text)
    {
        (LlmRunner runner, bool onDevice, string warning) = ModelPlacement.Load(store, manifest, options, device);
        Warnings.AddRange(new[] { warning }.Where(w => w.Length > 0));
        try
        {
            // Run in any case: it is also the first proof that the model runs. A device's bits were never measured.
            bool same = SelfTest.Passes(runner, options.Slots, manifest.Llm.Vocabulary);
            return new LoadedModel(
                manifest, text, new EngineLoop(runner, manifest, options.Slots, time), options.Slots, same && !onDevice, onDevice);
        }
        catch (StepFailedException)
        {
            runner.Dispose();
            throw;
        }
    }

    private EmbeddingModel Embedding(ModelManifest manifest, IModelText text)
    {
        EmbedRunner runner = ModelLoader.LoadEmbedding(store, manifest, options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        try
        {
            return new EmbeddingModel(
                manifest, text, runner, EmbedSelfTest.Passes(runner, manifest.Embed.Vocabulary, manifest.Limits.ContextTokens));
        }
        catch (StepFailedException)
        {
            runner.Dispose();
            throw;
        }
    }
}
