using System.Runtime.CompilerServices;
using CocoonP2P.Inference;
using CocoonP2P.Tests.Inference.Support;
using Microsoft.ML.OnnxRuntime;

// Loads ONNX Runtime, runs a graph, provokes an error and waits: what eng/telemetry-check.sh watches from outside.
// "guarded" goes through CocoonP2P.Inference, "unguarded" past it. The folder is for an empty model store.
if (args is not [("guarded" or "unguarded") and string mode, string folder])
{
    Console.Error.WriteLine("usage: guarded|unguarded FOLDER");
    return 2;
}

if (mode == "guarded")
{
    await OpenAsync(folder);
}

OnnxFile file = new();
file.Input("x", OnnxFile.Float32, "B", 4);
file.Output("y", OnnxFile.Float32, "B", 4);
file.Tensor("w", new float[16], 4, 4);
file.Node("", "MatMul", ["x", "w"], ["y"]);
using InferenceSession session = new(file.Build());
using RunOptions run = new();
foreach (int width in (int[])[4, 5])
{
    using OrtValue x = OrtValue.CreateTensorValueFromMemory(new float[width], [1, width]);
    try
    {
        using IDisposableReadOnlyCollection<OrtValue> y = session.Run(run, new Dictionary<string, OrtValue> { ["x"] = x }, ["y"]);
        Console.WriteLine($"{mode}: ran");
    }
    catch (OnnxRuntimeException) when (width == 5)
    {
        Console.WriteLine($"{mode}: provoked an error");
    }
}

// The queue is sent some seconds after it was filled.
using PeriodicTimer timer = new(TimeSpan.FromSeconds(15));
await timer.WaitForNextTickAsync();
return 0;

// Of its own, so that the other mode does not even load the assembly.
[MethodImpl(MethodImplOptions.NoInlining)]
static async Task OpenAsync(string folder)
{
    await using InferenceHost host = await InferenceHost.OpenAsync(
        new InferenceOptions { StoreFolder = folder, Device = "cpu" }, TimeProvider.System);
    Console.WriteLine($"guarded: {host.Backend.Info.Engine}");
}
