namespace CocoonP2P.Options;

/// <summary>[attestation] of node.toml.</summary>
public sealed record AttestationOptions
{
    /// <summary>A policy of one's own, JSON as docs/protocol/attestation.md says.</summary>
    /// <value>"": strict, with the measurements that the network's manifest names.</value>
    public string Policy { get; init; } = "";

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
