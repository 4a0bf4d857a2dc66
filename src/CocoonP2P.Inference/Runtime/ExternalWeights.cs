using System.Runtime.InteropServices;
using CocoonP2P.Memory;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Inference.Runtime;

/// <summary>
/// Gives a session its external weights from memory, so that ONNX Runtime opens no file. The managed API has no wrapper
/// for this function of the C API, hence the function table; the order of that table never changes between releases.
/// </summary>
internal static unsafe partial class ExternalWeights
{
    // AddExternalInitializersFromFilesInMemory: since version 18 of the API, the 280th entry of its table.
    private const uint ApiVersion = 18;
    private const int Slot = 279;

    // OrtApiBase: GetApi, GetVersionString.
    private const int GetApi = 0;

    // OrtApi: CreateStatus, GetErrorCode, GetErrorMessage, … ReleaseStatus is the 94th.
    private const int ReleaseStatus = 93;

    /// <param name="options">Of the session to be opened.</param>
    /// <param name="files">Name in the graph, and bytes; they must outlive the session.</param>
    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public static void Add(SessionOptions options, IReadOnlyList<(string Name, PrivateMemory Bytes)> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        nint* table = ((delegate* unmanaged<uint, nint*>)((nint*)OrtGetApiBase())[GetApi])(ApiVersion);
        Invariant.Holds(table is not null, "ONNX Runtime has version 18 of its API");
        nint[] names = [.. files.Select(f => Marshal.StringToCoTaskMemUTF8(f.Name))];
        nint[] buffers = [.. files.Select(f => f.Bytes.Address)];
        nint[] lengths = [.. files.Select(f => (nint)f.Bytes.Length)];
        try
        {
            fixed (nint* n = names, b = buffers, l = lengths)
            {
                nint status = ((delegate* unmanaged<nint, nint*, nint*, nint*, nuint, nint>)table[Slot])(
                    options.DangerousGetHandle(), n, b, l, (nuint)files.Count);
                if (status != 0)
                {
                    ((delegate* unmanaged<nint, void>)table[ReleaseStatus])(status);
                    throw new InferenceException(InferenceErrorCode.ModelInvalid, "ONNX Runtime refused the weights.");
                }
            }
        }
        finally
        {
            foreach (nint name in names)
            {
                Marshal.FreeCoTaskMem(name);
            }
        }
    }

    [LibraryImport("onnxruntime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial nint OrtGetApiBase();
}
