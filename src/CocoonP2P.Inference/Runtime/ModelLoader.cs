using CocoonP2P.Memory;
using CocoonP2P.Models;
using CocoonP2P.Inference.Onnx;
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
        using PrivateMemory graph = store.Load(manifest.File(ModelFile.Graph));
        GraphValidator.Check(Bytes(graph), manifest);
        List<(string Name, PrivateMemory Bytes)> weights = [];
        try
        {
            foreach (ModelFile file in manifest.Files.Where(f => f.Role == ModelFile.Weights))
            {
                weights.Add((file.Path, store.Load(file)));
            }
        }
        catch
        {
            weights.ForEach(w => w.Bytes.Dispose());
            throw;
        }

        using SessionOptions options = SessionSettings.Create(threads);
        IKvTensors kv = Place(options, manifest, slots, device, strict);
        return LlmRunner.Open(manifest.Llm, Bytes(graph), weights, options, kv, slots);
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

    private static Span<byte> Bytes(PrivateMemory memory) => memory.Bytes(0, checked((int)memory.Length));
}
