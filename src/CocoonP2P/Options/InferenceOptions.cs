namespace CocoonP2P.Options;

/// <summary>[inference] of node.toml.</summary>
internal sealed record InferenceOptions
{
    /// <summary>auto, cpu, cuda or cuda:INDEX.</summary>
    /// <value>"auto": the GPU where its provider loads, else the CPU, with a warning that says why.</value>
    public string Device { get; init; } = "auto";

    /// <summary>Whether the node refuses to start without the device.</summary>
    /// <value>false</value>
    public bool RequireGpu { get; init; }

    /// <summary>A plugin execution provider.</summary>
    /// <value>"": libonnxruntime_providers_cuda.so beside the program, where it is.</value>
    public string EpLibrary { get; init; } = "";

    /// <summary>Another libonnxruntime.so.</summary>
    /// <value>"": the library beside the program.</value>
    public string Onnxruntime { get; init; } = "";

    /// <summary>Threads for the CPU, 0 to 256.</summary>
    /// <value>0: the cores that this process may use.</value>
    public int Threads { get; init; }

    /// <summary>Requests decoded together, for each model, 1 to 256.</summary>
    /// <value>4: on two cores eight requests at once run 2.3 times as fast as one.</value>
    public int Slots { get; init; } = 4;

    /// <summary>Models to serve, by name.</summary>
    /// <value>["*"]: all in the store.</value>
    public IReadOnlyList<string> Models { get; init; } = ["*"];

    internal IEnumerable<OptionProblem> Problems()
    {
        if (Threads is < 0 or > 256)
        {
            yield return new("inference.threads", $"{Threads} is out of range", "give 0 (all cores) to 256");
        }

        if (Slots is < 1 or > 256)
        {
            yield return new("inference.slots", $"{Slots} is out of range", "give 1 to 256");
        }
    }
}
