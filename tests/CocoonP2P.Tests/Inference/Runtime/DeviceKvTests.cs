using CocoonP2P.Models;
using CocoonP2P.Inference.Runtime;
using CocoonP2P.Tests.Inference.Support;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Tests.Inference.Runtime;

/// <summary>Keys and values in memory that only ONNX Runtime touches. Here that is the processor's; a device's was not tried.</summary>
public sealed class DeviceKvTests
{
    [Fact]
    public void A_model_gives_the_same_bits_on_them_after_a_copy_a_swap_and_a_wipe()
    {
        using TempFolder folder = new();
        RandomLlama.WriteTo(folder["model"]);
        ModelStore store = new(folder["store"]);
        ModelManifest manifest = store.Add(folder["model"]);
        OrtHost.Open();
        using LlmRunner host = ModelLoader.Load(store, manifest, threads: 1, slots: 3);
        using SessionOptions options = SessionSettings.Create(1);
        using LlmRunner device = LlmRunner.Open(
            manifest.Llm, store.ReadAll(manifest.File(ModelFile.Graph)), [("model.onnx.data", store.Load(manifest.File(ModelFile.Weights)))],
            options, new DeviceKv(Copy, OrtAllocator.DefaultInstance, manifest.Llm, 3, RandomLlama.Context), 3);
        Assert.True(ModelPlacement.Agree(host, device, RandomLlama.Vocabulary));

        int[] prompt = TestHost.Prompt(16, 1), other = TestHost.Prompt(16, 2);
        foreach (LlmRunner runner in (LlmRunner[])[host, device])
        {
            runner.Prefill(2, 0, prompt, 16);
            runner.Prefill(1, 0, other, 16);
            runner.Kv.Copy(2, 0, 16);
            runner.Kv.Wipe(2, 16);
            runner.Kv.Swap(0, 1, 16);
            runner.Decode(0, [5, 6], [16, 16]);
        }

        Assert.Equal(host.Logits(0).ToArray(), device.Logits(0).ToArray());
        Assert.Equal(host.Logits(1).ToArray(), device.Logits(1).ToArray());
        Assert.NotEqual(device.Logits(0).ToArray(), device.Logits(1).ToArray());
    }

    private static void Copy(OrtValue from, OrtValue to) => from.GetTensorMutableRawData().CopyTo(to.GetTensorMutableRawData());
}
