using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CocoonP2P.Memory;

namespace CocoonP2P.Inference.Runtime;

/// <summary>
/// Keeps ONNX Runtime from reporting home: its Linux builds write an id into the cache folder and send process and error
/// events, the latter with tensor names and shapes. docs/protocol/inference.md, "Privacy".
/// </summary>
/// <remarks>
/// The variable must stand in the C environment before the library is loaded. On Linux .NET's own setter changes a copy
/// that native code never sees, and the API call that disables events comes after the first of them.
/// </remarks>
internal static partial class TelemetryGuard
{
    /// <summary>EX_CONFIG: the service manager must not try again.</summary>
    public const int ExitCode = 78;

    private const string Variable = "ORT_DISABLE_TELEMETRY";

    public static bool Holds =>
        OperatingSystem.IsWindows()
            ? Environment.GetEnvironmentVariable(Variable) == "1"
            : Marshal.PtrToStringUTF8(LibC.GetEnvironment(Variable)) == "1";

#pragma warning disable CA2255 // The rule wants applications, not libraries, to do this; here no caller may be able to forget it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Close()
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        if (OperatingSystem.IsWindows())
        {
            PutEnvironment(Variable, "1");
        }
        else
        {
            LibC.SetEnvironment(Variable, "1", 1);
        }

        if (!Holds)
        {
            Console.Error.WriteLine($"inference: {Variable} cannot be set, so ONNX Runtime could report home. Not starting.");
            Environment.Exit(ExitCode);
        }
    }

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutEnvironment(string name, string value);
}
