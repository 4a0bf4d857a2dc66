namespace CocoonP2P.Options;

/// <summary>[network] of node.toml.</summary>
internal sealed record NetworkOptions
{
    /// <summary>What a service listens on. An embedded client that was told nothing else listens nowhere.</summary>
    public static readonly IReadOnlyList<string> DefaultListen = ["/ip4/0.0.0.0/tcp/4601"];

    /// <summary>Where to listen, as multiaddrs.</summary>
    /// <value>TCP on every interface, port 4601.</value>
    public IReadOnlyList<string> Listen { get; init; } = DefaultListen;

    /// <summary>How many peers to stay connected to, 8 to 1024.</summary>
    /// <value>64: gossip's mesh of 8 times the 8 topics a worker joins.</value>
    public int MaxPeers { get; init; } = 64;

    /// <summary>How long a connection may be without streams before it is closed, 5 s to 1 h.</summary>
    /// <value>60 seconds: two lost heartbeats.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whom to dial first, as multiaddrs with peer id.</summary>
    /// <value>["network"]: those of the network's manifest; [] for none.</value>
    public IReadOnlyList<string> Bootstrap { get; init; } = ["network"];

    internal IEnumerable<OptionProblem> Problems()
    {
        if (MaxPeers is < 8 or > 1024)
        {
            yield return new("network.max_peers", $"{MaxPeers} is out of range", "gossip needs 8 or more, and file descriptors run out past 1024");
        }

        if (IdleTimeout < TimeSpan.FromSeconds(5) || IdleTimeout > TimeSpan.FromHours(1))
        {
            yield return new("network.idle_timeout", $"{IdleTimeout.TotalSeconds} s is out of range", "give \"5s\" to \"1h\"");
        }
    }
}
