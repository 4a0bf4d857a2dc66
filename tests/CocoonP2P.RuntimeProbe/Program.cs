using System.Runtime.CompilerServices;
using CocoonP2P.Inference;
using CocoonP2P.Tests.Inference.Support;
using Microsoft.ML.OnnxRuntime;

// What the scripts in eng/ watch from outside. STORE is a folder for an empty model store.
//   guarded|unguarded STORE         loads ONNX Runtime with or past our guard, runs, provokes an error, waits.
//   device FOLDER STORE [require]   asks for CUDA with the libraries of a folder, says what came of it; exit 78 if refused.
switch (args)
{
    case ["guarded", string store]:
        return await GuardAsync(store);
    case ["unguarded", _]:
        await MisuseAsync("unguarded");
        return 0;
    case ["device", string folder, string store, .. string[] more]:
        return await AskAsync(folder, store, require: more is ["require"]);
    default:
        Console.Error.WriteLine("usage: guarded|unguarded STORE, or device FOLDER STORE [require]");
        return 2;
}

// Nothing of our assembly is named above: compiling a method that does would close the guard in the unguarded run as well.
[MethodImpl(MethodImplOptions.NoInlining)]
static async Task<int> GuardAsync(string store)
{
    await using IAsyncDisposable host = await OpenAsync(new InferenceOptions { StoreFolder = store, Device = "cpu" });
    await MisuseAsync("guarded");
    return 0;
}

static async Task<IAsyncDisposable> OpenAsync(InferenceOptions options)
{
    InferenceHost host = await InferenceHost.OpenAsync(options, TimeProvider.System);
    Console.WriteLine($"{host.Backend.Info.Engine} on {host.Backend.Info.Device}");
    host.Warnings.ToList().ForEach(Console.WriteLine);
    return host;
}

[MethodImpl(MethodImplOptions.NoInlining)]
static async Task<int> AskAsync(string folder, string store, bool require)
{
    const int ConfigurationError = 78;
    try
    {
        await using IAsyncDisposable host = await OpenAsync(new InferenceOptions
        {
            StoreFolder = store,
            Device = "cuda",
            RequireGpu = require,
            NativeLibrary = Path.Combine(folder, "libonnxruntime.so"),
            EpLibrary = Path.Combine(folder, "libonnxruntime_providers_cuda.so"),
        });
        return 0;
    }
    catch (InferenceException e)
    {
        Console.WriteLine(e.Message);
        return ConfigurationError;
    }
}

static async Task MisuseAsync(string mode)
{
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
}
