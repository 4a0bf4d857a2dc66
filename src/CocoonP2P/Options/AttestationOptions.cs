namespace CocoonP2P.Options;

/// <summary>[attestation] of node.toml.</summary>
internal sealed record AttestationOptions
{
    /// <summary>A policy of one's own, JSON as docs/protocol/attestation.md says.</summary>
    /// <value>"": strict, with the measurements that the network's manifest names.</value>
    public string Policy { get; init; } = "";

    /// <summary>Services that have Intel's collateral, by their address without a path. What they send is signed, so none is trusted.</summary>
    /// <value>["network"]: those of the network's manifest; [] for none, and then no TDX evidence can be accepted.</value>
    public IReadOnlyList<string> Collateral { get; init; } = ["network"];

    /// <summary>Where a worker's evidence comes from: tdx or simulated.</summary>
    /// <value>"tdx". "simulated" exists on network = "local" alone and is said in every status and answer.</value>
    public string Platform { get; init; } = "tdx";

    internal IEnumerable<OptionProblem> Problems(string network)
    {
        if (Platform is not ("tdx" or "simulated"))
        {
            yield return new("attestation.platform", $"\"{Platform}\" is no platform", "write \"tdx\" or \"simulated\"");
        }
        else if (Platform == "simulated" && network != "local")
        {
            yield return new("attestation.platform", $"simulated evidence on network \"{network}\"", "only network = \"local\" has simulated platforms");
        }
    }
}
