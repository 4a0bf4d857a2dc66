namespace CocoonP2P.Options;

/// <summary>[node] of node.toml.</summary>
internal sealed record NodeOptions
{
    /// <summary>Which network: local, testnet or mainnet.</summary>
    /// <value>"testnet": money on mainnet is real, so that has to be asked for.</value>
    public string Network { get; init; } = "testnet";

    /// <summary>The file that describes the network.</summary>
    /// <value>"": bootstrap/NETWORK.toml beside the program.</value>
    public string Manifest { get; init; } = "";

    /// <summary>Worker or client.</summary>
    /// <value>Worker: whoever installs the service has a GPU to lend.</value>
    public NodeRole Role { get; init; } = NodeRole.Worker;

    /// <summary>Keys, journal and models.</summary>
    /// <value>"": $STATE_DIRECTORY under systemd, else ~/.local/share/cocoon.</value>
    public string DataDir { get; init; } = "";
}
