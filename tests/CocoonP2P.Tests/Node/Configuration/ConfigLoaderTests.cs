using CocoonP2P.Configuration;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Node.Configuration;

public sealed class ConfigLoaderTests
{
    [Fact]
    public void The_repositorys_node_toml_has_every_key_at_its_default() =>
        Assert.Equal(ReferenceFile.Write(new CocoonOptions()), File.ReadAllText(Repository.File("node.toml")));

    [Fact]
    public void The_reference_uncommented_is_the_defaults()
    {
        string[] lines = ReferenceFile.Write(new CocoonOptions()).Split('\n');
        string uncommented = string.Join('\n', lines.Skip(1).Select(l => l.StartsWith("# ", StringComparison.Ordinal) ? l[2..] : l));

        LoadedConfig loaded = Load(uncommented);

        Assert.Empty(loaded.Problems);
        Assert.All(loaded.Origins, o => Assert.Equal(o.Key.Show(new CocoonOptions()), o.Shown));
        Assert.All(loaded.Origins, o => Assert.StartsWith("node.toml:", o.Origin, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_key_names_file_line_and_the_nearest_key()
    {
        ConfigProblem problem = Assert.Single(Load("[network]\n\nmax_pears = 9\n").Problems);
        Assert.Equal("node.toml:3:1: unknown key 'network.max_pears'", problem.Error);
        Assert.Equal("did you mean 'network.max_peers'?", problem.Hint);
    }

    [Fact]
    public void Values_are_read_with_their_units_and_the_environment_wins()
    {
        LoadedConfig loaded = ConfigLoader.Load(
            "node.toml", "[node]\nrole = \"client\"\n[payment]\nmax_per_job = \"0.25 TON\"\n[network]\nidle_timeout = \"30s\"\nmax_peers = 10\n",
            name => name == "COCOON_NETWORK__MAX_PEERS" ? "12" : null);

        Assert.Empty(loaded.Problems);
        Assert.Equal(NodeRole.Client, loaded.Options.Node.Role);
        Assert.Equal(new NanoTon(250_000_000), loaded.Options.Payment.MaxPerJob);
        Assert.Equal(TimeSpan.FromSeconds(30), loaded.Options.Peers.IdleTimeout);
        Assert.Equal(12, loaded.Options.Peers.MaxPeers);
        Assert.Equal("COCOON_NETWORK__MAX_PEERS", loaded.Origins.Single(o => o.Key.Name == "network.max_peers").Origin);
    }

    [Theory]
    [InlineData("[network]\nidle_timeout = 30\n", "write a time with its unit, such as \"30s\"")]
    [InlineData("[payment]\ndeposit = \"5\"\n", "write an amount with its unit, such as \"1.5 TON\"")]
    [InlineData("[network]\nmax_peers = 2\n", "gossip needs 8 or more, and file descriptors run out past 1024")]
    [InlineData("[attestation]\nplatform = \"simulated\"\n", "only network = \"local\" has simulated platforms")]
    [InlineData("[node]\nrole = \"relay\"\n", "write \"worker\" or \"client\"")]
    public void A_bad_value_has_its_cure(string text, string hint) => Assert.Equal(hint, Assert.Single(Load(text).Problems).Hint);

    [Fact]
    public void All_problems_come_at_once() =>
        Assert.Equal(3, Load("[network]\nmax_peers = 1\nidle_timeout = \"1s\"\nfoo = 1\n").Problems.Count);

    private static LoadedConfig Load(string text) => ConfigLoader.Load("node.toml", text, _ => null);
}
