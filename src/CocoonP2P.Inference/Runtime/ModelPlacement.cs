using CocoonP2P.Models;
using CocoonP2P.Inference.Scheduling;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Inference.Runtime;

/// <summary>
/// Puts a model on the device that was chosen, if it computes there what it computes on the processor; else the model stays on
/// the processor and the operator is told why.
/// </summary>
internal static class ModelPlacement
{
    // Half precision, against the largest logit.
    private const float Tolerance = 2e-2f;

    /// <returns>The runner, whether it is on the device, and what an operator should know; empty: nothing.</returns>
    /// <exception cref="InferenceException">ModelInvalid; DeviceLost where the device is required and the model cannot be there.</exception>
    public static (LlmRunner Runner, bool OnDevice, string Warning) Load(
        ModelStore store, ModelManifest manifest, InferenceOptions options, EpChoice choice)
    {
        int threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        LlmRunner host = ModelLoader.Load(store, manifest, threads, options.Slots);
        if (choice.Device is not { } wanted)
        {
            return (host, false, "");
        }

        (LlmRunner? device, string problem) = TryDevice(store, manifest, threads, options, wanted, host);
        if (device is not null)
        {
            host.Dispose();
            return (device, true, "");
        }

        string text = $"inference.device: {manifest.Name} cannot run on {choice.Name}: {problem}.";
        if (options.RequireGpu)
        {
            host.Dispose();
            throw new InferenceException(InferenceErrorCode.DeviceLost, text + " require_gpu = true refuses to run without it.");
        }

        return (host, false, text + " Running it on CPU.");
    }

    /// <summary>Whether two runners give the same logits within half precision, for one prompt.</summary>
    public static bool Agree(IStepRunner a, IStepRunner b, int vocabulary)
    {
        const int Length = 32;
        int[] ids = [.. Enumerable.Range(1, Length - 1).Select(i => i * 101 % vocabulary)];
        float[] left = a.Prefill(0, 0, ids, Length).ToArray(), right = b.Prefill(0, 0, ids, Length).ToArray();
        float scale = left.Max(MathF.Abs);
        bool same = left.Zip(right).All(pair => MathF.Abs(pair.First - pair.Second) <= Tolerance * scale);
        foreach (IStepRunner runner in (IStepRunner[])[a, b])
        {
            runner.Kv.Wipe(0, Length);
            runner.Wipe();
        }

        return same;
    }

    private static (LlmRunner? Runner, string Problem) TryDevice(
        ModelStore store, ModelManifest manifest, int threads, InferenceOptions options, OrtEpDevice device, LlmRunner host)
    {
        if (manifest.Llm.Kv != KvElement.Float16)
        {
            return (null, "its cache is f32, for which CUDA has no attention");
        }

        LlmRunner? runner = null;
        try
        {
            runner = ModelLoader.Load(store, manifest, threads, options.Slots, device, options.RequireGpu);
            if (Agree(host, runner, manifest.Llm.Vocabulary))
            {
                return (runner, "");
            }

            runner.Dispose();
            return (null, "it does not compute there what it computes on the processor");
        }
        catch (Exception e) when (e is InferenceException or StepFailedException or OnnxRuntimeException)
        {
            runner?.Dispose();
            return (null, "the device does not take it");
        }
    }
}
