namespace CocoonP2P.Inference;

/// <summary>How a node runs models: section [inference] of node.toml.</summary>
internal sealed record InferenceOptions
{
    /// <summary>Folder of the model store; made where it is missing.</summary>
    public required string StoreFolder { get; init; }

    /// <summary>Models to load, by name or by the hex of an id.</summary>
    /// <value>Empty: all that the store has.</value>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>"auto", "cpu", "cuda", "cuda:INDEX" or "cuda:UUID".</summary>
    /// <value>"auto": CUDA where its library and a device are there, else the processor.</value>
    public string Device { get; init; } = "auto";

    /// <summary>Without the device the node does not start.</summary>
    public bool RequireGpu { get; init; }

    /// <summary>Absolute path of a plugin execution provider.</summary>
    /// <value>Empty: libonnxruntime_providers_cuda.so beside the program.</value>
    public string EpLibrary { get; init; } = "";

    /// <summary>Absolute path of another libonnxruntime.</summary>
    /// <value>Empty: the one that came with the program.</value>
    public string NativeLibrary { get; init; } = "";

    /// <summary>Threads of one step, 0 to 256.</summary>
    /// <value>0: as many as this process may use.</value>
    public int Threads { get; init; }

    /// <summary>Requests decoded together, for each model, 1 to 64.</summary>
    /// <value>4: on two cores more of them slow each other down.</value>
    public int Slots { get; init; } = 4;

    /// <summary>Bytes for keys and values of all models together.</summary>
    /// <value>null: 60 % of what is free after the models are loaded.</value>
    public long? KvMemory { get; init; }

    /// <summary>What is wrong with these options, one sentence each, naming the setting. Empty: nothing.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        Check(StoreFolder.Length > 0, "inference.store: it is empty.");
        Check(Device is "auto" or "cpu" or "cuda" || (Device.StartsWith("cuda:", StringComparison.Ordinal) && Device.Length > 5),
            "inference.device: give auto, cpu, cuda, cuda:INDEX or cuda:UUID.");
        Check(!(RequireGpu && Device == "cpu"), "inference.require_gpu: it contradicts device = \"cpu\".");
        Check(EpLibrary.Length == 0 || Path.IsPathFullyQualified(EpLibrary), "inference.ep_library: give an absolute path.");
        Check(NativeLibrary.Length == 0 || Path.IsPathFullyQualified(NativeLibrary), "inference.native_library: give an absolute path.");
        Check(Threads is >= 0 and <= 256, "inference.threads: give 0 to 256.");
        Check(Slots is >= 1 and <= 64, "inference.slots: give 1 to 64.");
        Check(KvMemory is null or >= 1 << 20, "inference.kv_memory: give at least 1 MiB.");
        return problems;

        void Check(bool good, string problem)
        {
            if (!good)
            {
                problems.Add(problem);
            }
        }
    }
}
