using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Inference.Runtime;

/// <summary>
/// Picks the device. CUDA is a plugin execution provider, registered from one file and asked for its devices; it is never
/// appended by name, for then a session without any device says that it runs on CUDA. docs/protocol/inference.md, "Devices".
/// </summary>
internal static class EpSelector
{
    private const string Registration = "cuda";
    private const string PluginFile = "libonnxruntime_providers_cuda.so";
    private const uint Nvidia = 0x10DE;

    private static readonly Lock Gate = new();
    private static string _registered = "";

    /// <exception cref="InferenceException">DeviceLost: a GPU is required and there is none; the message is for the operator.</exception>
    public static EpChoice Choose(OrtEnv environment, InferenceOptions options)
    {
        if (options.Device == "cpu")
        {
            return EpChoice.Cpu("");
        }

        string path = options.EpLibrary.Length > 0 ? options.EpLibrary : Path.Combine(AppContext.BaseDirectory, PluginFile);
        if (options is { Device: "auto", RequireGpu: false, EpLibrary: "" } && !File.Exists(path))
        {
            // A build without CUDA on its usual machine: nothing to warn of.
            return EpChoice.Cpu("");
        }

        string problem = TryRegister(environment, path);
        if (problem.Length == 0)
        {
            OrtEpDevice[] devices = [.. environment.GetEpDevices().Where(IsNvidia)];
            if (Pick(devices, options.Device) is { } found)
            {
                return new EpChoice(found.Device, $"cuda:{found.Index}", Digest(path), "");
            }

            problem = devices.Length == 0 ? "its library lists no device" : $"there is no device {options.Device}";
        }

        string text = $"inference.device: no CUDA: {problem}.";
        return options.RequireGpu
            ? throw new InferenceException(InferenceErrorCode.DeviceLost, text + " require_gpu = true refuses to run without it.")
            : EpChoice.Cpu(text + " Running on CPU. Install the CUDA 13 libraries, or set require_gpu = true to refuse this.");
    }

    private static string TryRegister(OrtEnv environment, string path)
    {
        string problem = FileProblem(path);
        if (problem.Length > 0)
        {
            return problem;
        }

        lock (Gate)
        {
            if (_registered.Length > 0)
            {
                return _registered == path ? "" : "another library is registered already";
            }

            try
            {
                environment.RegisterExecutionProviderLibrary(Registration, path);
                _registered = path;
                return "";
            }
            catch (OnnxRuntimeException e)
            {
                return MissingLibrary(e.Message);
            }
        }
    }

    // It is code that runs in this process.
    private static string FileProblem(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!File.Exists(path))
        {
            return $"{path} does not exist";
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0 ? $"{path} can be written by others" : "";
    }

    // The loader's own words name what to install; the rest of the message is of no use to an operator.
    private static string MissingLibrary(string message)
    {
        const string Words = ": cannot open shared object file";
        int end = message.IndexOf(Words, StringComparison.Ordinal);
        int start = end < 0 ? -1 : message.LastIndexOf(' ', end) + 1;
        return end < 0 ? "its library cannot be registered" : message[start..(end + Words.Length)];
    }

    private static bool IsNvidia(OrtEpDevice device) =>
        device.HardwareDevice.Type == OrtHardwareDeviceType.GPU && device.HardwareDevice.VendorId == Nvidia;

    private static (OrtEpDevice Device, int Index)? Pick(OrtEpDevice[] devices, string wanted)
    {
        string which = wanted.StartsWith("cuda:", StringComparison.Ordinal) ? wanted[5..] : "0";
        int index = int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : Array.FindIndex(devices, d => d.HardwareDevice.Metadata.Entries.Values.Contains(which, StringComparer.OrdinalIgnoreCase));
        return index >= 0 && index < devices.Length ? (devices[index], index) : null;
    }

    private static byte[] Digest(string path)
    {
        using FileStream file = File.OpenRead(path);
        return SHA256.HashData(file);
    }
}

/// <summary>Where sessions run.</summary>
/// <param name="Device">null: on the processor.</param>
/// <param name="Name">"cpu" or "cuda:INDEX".</param>
/// <param name="PluginDigest">SHA-256 of the plugin; empty on the processor.</param>
/// <param name="Warning">What an operator should know; empty: nothing.</param>
internal sealed record EpChoice(OrtEpDevice? Device, string Name, ReadOnlyMemory<byte> PluginDigest, string Warning)
{
    public static EpChoice Cpu(string warning) => new(null, "cpu", ReadOnlyMemory<byte>.Empty, warning);
}
