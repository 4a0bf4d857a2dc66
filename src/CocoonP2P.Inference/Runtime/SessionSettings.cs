using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Inference.Runtime;

/// <summary>How every session is opened: one constant, since it decides which bits come out.</summary>
internal static class SessionSettings
{
    private static readonly (string Key, string Value)[] Entries =
    [
        // Weights are used where they lie, in private memory: no second copy.
        ("session.use_external_initializer_file_buffers_directly", "1"),
        // A graph of a few hundred bytes could otherwise ask for gigabytes while it is optimised.
        ("optimization.constant_folding_max_output_size_in_bytes", "67108864"),
        // Threads sleep between runs: the machine is shared with the node.
        ("session.force_spinning_stop", "1"),
        ("session.record_ep_graph_assignment_info", "1"),
    ];

    /// <summary>SHA-256 of the settings that can change bits: part of the determinism class. The number of threads cannot.</summary>
    public static byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(
        "sequential;inter-op=1;optimisation=all;prepacking;" + string.Join(';', Entries.Select(e => $"{e.Key}={e.Value}"))));

    public static SessionOptions Create(int threads)
    {
        SessionOptions options = new()
        {
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            InterOpNumThreads = 1,
            IntraOpNumThreads = threads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        foreach ((string key, string value) in Entries)
        {
            options.AddSessionConfigEntry(key, value);
        }

        return options;
    }
}
