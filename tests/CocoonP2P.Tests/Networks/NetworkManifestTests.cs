using CocoonP2P.Configuration;
using CocoonP2P.Networks;
using CocoonP2P.Node.Networks;

namespace CocoonP2P.Tests.Networks;

public sealed class NetworkManifestTests
{
    private static readonly NetworkManifest Sample = new()
    {
        Name = "local",
        Genesis = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
        GlobalId = -777,
        BlockTime = TimeSpan.FromMilliseconds(250),
        Bootstrap = ["/ip4/127.0.0.1/tcp/4601"],
        Chain = ["http://127.0.0.1:4612/api/v2/"],
        Measurements = [LocalNetwork.Measurement],
    };

    [Fact]
    public void A_manifest_comes_back_as_it_was_written()
    {
        string text = Sample.Write();
        Assert.Equal(text, Read(text, out _)!.Write());
    }

    [Fact]
    public void The_repositorys_local_manifest_trusts_the_local_workers_image()
    {
        NetworkManifest manifest = Read(File.ReadAllText(Repository.File("bootstrap/local.toml")), out List<ConfigProblem> problems)!;
        Assert.Empty(problems);
        ReferenceMeasurement trusted = Assert.Single(manifest.Measurements);
        Assert.Equal(LocalNetwork.Measurement.MrTd, trusted.MrTd);
        Assert.Equal(LocalNetwork.Measurement.Rtmrs, trusted.Rtmrs);
    }

    [Fact]
    public void Name_chain_and_genesis_make_the_networks_identity_and_nothing_else_does()
    {
        Assert.NotEqual(Sample.NetworkId, (Sample with { Name = "other" }).NetworkId);
        Assert.NotEqual(Sample.NetworkId, (Sample with { GlobalId = -3 }).NetworkId);
        Assert.NotEqual(Sample.NetworkId, (Sample with { Genesis = new byte[32] }).NetworkId);
        Assert.Equal(Sample.NetworkId, (Sample with { Bootstrap = [], Chain = [], Measurements = [], BlockTime = TimeSpan.FromSeconds(9) }).NetworkId);
    }

    [Theory]
    [InlineData("name = 7", "write a text")]
    [InlineData("genesis = \"00\"", "write 32 bytes of hex")]
    [InlineData("block_time = 250", "write a time such as \"1s\"")]
    [InlineData("coordinator = \"x\"", "see bootstrap/ for a manifest's keys")]
    [InlineData("[measurements.a]\nmrtd = \"zz\"", "write 48 bytes of hex")]
    public void A_bad_entry_has_its_line_and_its_cure(string text, string hint)
    {
        Assert.Null(Read("global_id = -3\n" + text, out List<ConfigProblem> problems));
        ConfigProblem problem = Assert.Single(problems);
        Assert.Equal(hint, problem.Hint);
        Assert.Matches("^local.toml:[23]:", problem.Error);
    }

    private static NetworkManifest? Read(string text, out List<ConfigProblem> problems) => NetworkManifest.TryRead("local.toml", text, problems = []);
}
