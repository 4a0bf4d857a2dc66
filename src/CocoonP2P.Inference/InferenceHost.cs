using CocoonP2P.Models;
using CocoonP2P.Inference.Runtime;
using CocoonP2P.Text;

namespace CocoonP2P.Inference;

/// <summary>The models of a store, loaded and ready: what a worker opens at its start.</summary>
internal sealed class InferenceHost : IAsyncDisposable
{
    private readonly OnnxBackend _backend;

    private InferenceHost(OnnxBackend backend, IModelCatalog catalog, IReadOnlyList<string> warnings) =>
        (_backend, Catalog, Warnings) = (backend, catalog, warnings);

    /// <summary>Runs jobs.</summary>
    public IInferenceBackend Backend => _backend;

    /// <summary>The text sides of the models that are loaded.</summary>
    public IModelCatalog Catalog { get; }

    /// <summary>What an operator should know, such as a GPU that could not be used; one sentence or two each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Opens the runtime, picks the device, then verifies, validates, loads and tests each model.</summary>
    /// <param name="options">Without problems.</param>
    /// <param name="time">For durations, estimates and expiry.</param>
    /// <param name="cancellationToken">Looked at between models.</param>
    /// <exception cref="InferenceException">
    /// ModelInvalid, ModelUnsupported or TokenizerUnsupported for a model; DeviceLost where a required GPU is missing.
    /// </exception>
    public static Task<InferenceHost> OpenAsync(InferenceOptions options, TimeProvider time, CancellationToken cancellationToken = default) =>
        OpenAsync(options, StoreCatalog.Text, time, cancellationToken);

    // Hashing, parsing and loading keep a core busy for seconds; the caller's thread is not the one.
    internal static Task<InferenceHost> OpenAsync(
        InferenceOptions options, Func<ModelStore, ModelManifest, IModelText> texts, TimeProvider time, CancellationToken cancellationToken) =>
        Task.Run(() => LoadAsync(options, texts, time, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    private static async Task<InferenceHost> LoadAsync(
        InferenceOptions options, Func<ModelStore, ModelManifest, IModelText> texts, TimeProvider time, CancellationToken cancellationToken)
    {
        Invariant.Holds(options.Problems().Count == 0, "options are checked before they are used");
        EpChoice device = EpSelector.Choose(OrtHost.Open(options.NativeLibrary), options);
        ModelStore store = new(options.StoreFolder);
        ModelOpener opener = new(store, options, device, time);
        List<IHostedModel> models = [];
        try
        {
            foreach (ModelManifest manifest in Select(store, options.Models))
            {
                cancellationToken.ThrowIfCancellationRequested();
                models.Add(opener.Open(manifest, texts(store, manifest)));
            }
        }
        catch
        {
            foreach (IHostedModel model in models)
            {
                await model.DisposeAsync();
            }

            throw;
        }

        // Now that all weights are in memory it is known what is left.
        List<LoadedModel> generating = [.. models.OfType<LoadedModel>()];
        long share = (options.KvMemory ?? FreeMemory.Auto()) / Math.Max(1, generating.Count);
        generating.ForEach(m => m.Loop.Start(share / m.Manifest.Llm.KvBytesPerToken));
        return new InferenceHost(
            new OnnxBackend(Info(generating.Any(m => m.OnDevice) ? device : EpChoice.Cpu("")), models, time),
            new ModelCatalog([.. models.Select(m => m.Text)]),
            opener.Warnings);
    }

    private static List<ModelManifest> Select(ModelStore store, IReadOnlyList<string> wanted)
    {
        IReadOnlyList<ModelManifest> all = store.List();
        string? missing = wanted.FirstOrDefault(name => !all.Any(m => IsCalled(m, name)));
        return missing is null
            ? [.. all.Where(m => wanted.Count == 0 || wanted.Any(name => IsCalled(m, name)))]
            : throw new InferenceException(InferenceErrorCode.UnknownModel, $"The store has no model {missing}.");
    }

    private static bool IsCalled(ModelManifest manifest, string name) =>
        name == manifest.Name || name == Convert.ToHexStringLower(manifest.Id.Span);

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
