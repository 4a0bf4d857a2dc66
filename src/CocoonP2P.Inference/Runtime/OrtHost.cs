using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Inference.Runtime;

/// <summary>The process's one ONNX Runtime: silent, and loaded from where the operator says.</summary>
internal static class OrtHost
{
    private static readonly Lock Gate = new();
    private static OrtEnv? _environment;
    private static string _library = "";

    /// <summary>The runtime that was opened.</summary>
    public static OrtEnv Current => Open(_library);

    /// <summary>Opens the runtime. The first call decides which library; later ones must agree.</summary>
    /// <param name="nativeLibrary">Absolute path of a libonnxruntime, or "" for the one that came with the program.</param>
    /// <exception cref="InferenceException">DeviceLost: it cannot be loaded.</exception>
    public static OrtEnv Open(string nativeLibrary = "")
    {
        lock (Gate)
        {
            Invariant.Holds(TelemetryGuard.Holds, "the telemetry guard was closed before ONNX Runtime was loaded");
            if (_environment is not null)
            {
                Invariant.Holds(nativeLibrary == _library, "one process has one ONNX Runtime");
                return _environment;
            }

            _library = nativeLibrary;
            if (nativeLibrary.Length > 0)
            {
                OrtEnv.DisableDllImportResolver = true;
                NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, Resolve);
                NativeLibrary.SetDllImportResolver(typeof(OrtHost).Assembly, Resolve);
            }

            try
            {
                // Its log names tensors, shapes and paths.
                EnvironmentCreationOptions options = new()
                {
                    logId = "cocoon",
                    logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
                };
                _environment = OrtEnv.CreateInstanceWithOptions(ref options);
                _environment.DisableTelemetryEvents();
                return _environment;
            }
            catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or OnnxRuntimeException)
            {
                throw new InferenceException(InferenceErrorCode.DeviceLost, "ONNX Runtime cannot be loaded: " + (e.InnerException ?? e).Message);
            }
        }
    }

    /// <summary>Of the library that was loaded, such as "1.31.0".</summary>
    public static string Version => Current.GetVersionString();

    /// <summary>SHA-256 of the library that computes, 32 bytes: part of what a worker claims about itself.</summary>
    public static byte[] LibraryDigest()
    {
        string path = _library.Length > 0 ? _library : BundledLibrary();
        if (path.Length == 0)
        {
            throw new InferenceException(InferenceErrorCode.DeviceLost, "The file of ONNX Runtime cannot be found.");
        }

        using FileStream file = File.OpenRead(path);
        return SHA256.HashData(file);
    }

    private static string BundledLibrary()
    {
        string name = OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";
        string[] places =
        [
            Path.Combine(AppContext.BaseDirectory, name),
            Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", name),
        ];
        return places.FirstOrDefault(File.Exists) ?? "";
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name.StartsWith("onnxruntime", StringComparison.Ordinal) ? NativeLibrary.Load(_library) : 0;
}
