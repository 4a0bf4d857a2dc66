using CocoonP2P.Models;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Inference.Runtime;

/// <summary>From the store to a runner: every byte is verified and the graph validated before ONNX Runtime sees any of it.</summary>
internal static class ModelLoader
{
    /// <param name="store">Where the model is.</param>
    /// <param name="manifest">Which.</param>
    /// <param name="threads">Of a step on the processor.</param>
    /// <param name="slots">Rows.</param>
    /// <param name="device">null: on the processor.</param>
    /// <param name="strict">Whether a node that the device cannot run makes it a failure.</param>
    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public static LlmRunner Load(
        ModelStore store, ModelManifest manifest, int threads, int slots, OrtEpDevice? device = null, bool strict = false)
    {
        using ModelParts parts = ModelParts.Read(store, manifest);
        using SessionOptions options = SessionSettings.Create(threads);
        IKvTensors kv = Place(options, manifest, slots, device, strict);
        return LlmRunner.Open(manifest.Llm, parts.Graph, parts.TakeWeights(), options, kv, slots);
    }

    /// <summary>A model that embeds, on the processor.</summary>
    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public static EmbedRunner LoadEmbedding(ModelStore store, ModelManifest manifest, int threads)
    {
        using ModelParts parts = ModelParts.Read(store, manifest);
        using SessionOptions options = SessionSettings.Create(threads);
        return EmbedRunner.Open(manifest.Embed.Dimensions, parts.Graph, parts.TakeWeights(), options);
    }

    private static IKvTensors Place(SessionOptions options, ModelManifest manifest, int slots, OrtEpDevice? device, bool strict)
    {
        if (device is null)
        {
            return new HostKv(manifest.Llm, slots, manifest.Limits.ContextTokens);
        }

        OrtEnv environment = OrtHost.Current;
        options.AppendExecutionProvider(environment, [device], new Dictionary<string, string>());
        if (strict)
        {
            options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
        }

        OrtAllocator allocator = environment.GetSharedAllocator(device.GetMemoryInfo(OrtDeviceMemoryType.DEFAULT));
        return new DeviceKv((from, to) => environment.CopyTensors([from], [to], null), allocator, manifest.Llm, slots, manifest.Limits.ContextTokens);
    }
}
