using CocoonP2P.Inference.Models;
using CocoonP2P.Inference.Runtime;
using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Inference;

/// <summary>The models of a store, loaded and ready: what a worker opens at its start.</summary>
public sealed class InferenceHost : IAsyncDisposable
{
    private readonly OnnxBackend _backend;

    private InferenceHost(OnnxBackend backend, IReadOnlyList<string> warnings) => (_backend, Warnings) = (backend, warnings);

    /// <summary>Runs jobs.</summary>
    public IInferenceBackend Backend => _backend;

    /// <summary>What an operator should know, such as a GPU that could not be used; one sentence or two each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Opens the runtime, picks the device, then verifies, validates, loads and tests each model.</summary>
    /// <param name="options">Without problems.</param>
    /// <param name="texts">Builds a model's text side from its manifest, tokenizer.json and chat template.</param>
    /// <param name="time">For durations, estimates and expiry.</param>
    /// <param name="cancellationToken">Looked at between models.</param>
    /// <exception cref="InferenceException">
    /// ModelInvalid, ModelUnsupported or TokenizerUnsupported for a model; DeviceLost where a required GPU is missing.
    /// </exception>
    internal static async Task<InferenceHost> OpenAsync(
        InferenceOptions options, Func<ModelManifest, byte[], byte[], IModelText> texts, TimeProvider time,
        CancellationToken cancellationToken = default)
    {
        // Hashing, parsing and loading keep a core busy for seconds; the caller's thread is not the one.
        return await Task.Run(() => LoadAsync(options, texts, time, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    private static async Task<InferenceHost> LoadAsync(
        InferenceOptions options, Func<ModelManifest, byte[], byte[], IModelText> texts, TimeProvider time, CancellationToken cancellationToken)
    {
        EpChoice device = EpSelector.Choose(OrtHost.Open(options.NativeLibrary), options);
        ModelStore store = new(options.StoreFolder);
        IReadOnlyList<ModelManifest> manifests = Select(store, options.Models);
        int threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        List<(ModelManifest Manifest, LlmRunner Runner, bool Deterministic)> loaded = [];
        List<LoadedModel> models = [];
        try
        {
            foreach (ModelManifest manifest in manifests)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LlmRunner runner = ModelLoader.Load(store, manifest, threads, options.Slots);
                loaded.Add((manifest, runner, false));
                loaded[^1] = (manifest, runner, Test(manifest, runner, options.Slots));
            }

            long share = (options.KvMemory ?? FreeMemory.Auto()) / Math.Max(1, loaded.Count);
            while (loaded.Count > 0)
            {
                (ModelManifest manifest, LlmRunner runner, bool deterministic) = loaded[0];
                IModelText text = Text(store, manifest, texts);
                StepMachine machine = new(options.Slots, manifest.Limits.ContextTokens, share / manifest.Llm.KvBytesPerToken);
                EngineLoop loop = new(runner, manifest.Llm.Vocabulary, manifest.Llm.EndTokens, machine, options.Slots, time);
                models.Add(new LoadedModel(manifest, text, loop, new AdmissionGate(options.Slots, time), options.Slots, deterministic));
                loaded.RemoveAt(0);
            }

            return new InferenceHost(new OnnxBackend(Info(device), models, time), device.Warning.Length > 0 ? [device.Warning] : []);
        }
        catch
        {
            loaded.ForEach(l => l.Runner.Dispose());
            foreach (LoadedModel model in models)
            {
                await model.DisposeAsync();
            }

            throw;
        }
    }

    private static bool Test(ModelManifest manifest, LlmRunner runner, int slots)
    {
        try
        {
            return SelfTest.Passes(runner, slots, manifest.Llm.Vocabulary);
        }
        catch (StepFailedException)
        {
            throw new InferenceException(InferenceErrorCode.ModelInvalid, $"{manifest.Name} does not run.");
        }
    }

    private static List<ModelManifest> Select(ModelStore store, IReadOnlyList<string> wanted)
    {
        IReadOnlyList<ModelManifest> all = store.List();
        List<ModelManifest> chosen = [];
        foreach (ModelManifest manifest in all)
        {
            string id = Convert.ToHexStringLower(manifest.Id.Span);
            if (wanted.Count == 0 || wanted.Any(w => w == manifest.Name || w == id))
            {
                chosen.Add(manifest);
            }
        }

        string? missing = wanted.FirstOrDefault(w => !all.Any(m => w == m.Name || w == Convert.ToHexStringLower(m.Id.Span)));
        return missing is null
            ? chosen
            : throw new InferenceException(InferenceErrorCode.UnknownModel, $"The store has no model {missing}.");
    }

    private static IModelText Text(ModelStore store, ModelManifest manifest, Func<ModelManifest, byte[], byte[], IModelText> texts) =>
        texts(manifest, store.ReadAll(manifest.File(ModelFile.Tokenizer)), store.ReadAll(manifest.File(ModelFile.Template)));

    private static BackendInfo Info(EpChoice device)
    {
        byte[] library = OrtHost.LibraryDigest();
        return new BackendInfo(
            "onnxruntime " + OrtHost.Version,
            device.Name,
            device.Device is null ? library : device.PluginDigest,
            DeterminismClass.Compute(library, device.Name + Convert.ToHexString(device.PluginDigest.Span), ModelManifest.LlmKind));
    }
}
