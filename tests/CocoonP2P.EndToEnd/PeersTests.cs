using System.Text.Json;

namespace CocoonP2P.EndToEnd;

/// <summary>What the commands say of workers while a network runs.</summary>
public sealed class PeersTests(SharedNetwork shared) : IClassFixture<SharedNetwork>
{
    private const int Limit = 120_000;

    private static readonly string Nobody = "12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5";

    private string Config => shared.Network.Nodes.Client.Config;

    [Fact(Timeout = Limit)]
    public async Task Worker_that_answered_is_listed_with_what_was_measured_of_it()
    {
        Answer answer = await shared.Network.Api.AskAsync(Api.Chat("Tell me a story about a boat."));
        Ended ended = await Cocoon.RunAsync("peers", "show", answer.Worker, "--config", Config, "--json");
        Assert.True(ended.Exit == 0, ended.Error);
        JsonElement model = JsonElement.Parse(ended.Output).GetProperty("peer").GetProperty("models")[0];
        Assert.Equal("cocoon-tiny", model.GetProperty("name").GetString());
        Assert.InRange(model.GetProperty("measured").GetProperty("answers").GetInt32(), 1, 1_000);
        Assert.InRange(model.GetProperty("measured").GetProperty("first_token_seconds").GetDouble(), 0.0001, 60);

        Ended list = await Cocoon.RunAsync("peers", "list", "--config", Config);
        Assert.Equal(0, list.Exit);
        Assert.All(shared.Network.Nodes.Workers, worker => Assert.Contains(worker.PeerId, list.Output, StringComparison.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task Why_not_gives_a_share_and_typed_reasons()
    {
        string worker = shared.Network.Nodes.Workers[0].PeerId;
        Ended ended = await Cocoon.RunAsync("why-not", worker, "--config", Config, "--json");
        Assert.True(ended.Exit == 0, ended.Error);
        JsonElement explanation = JsonElement.Parse(ended.Output).GetProperty("explanations")[0];
        Assert.Equal(worker, explanation.GetProperty("peer_id").GetString());
        Assert.InRange(explanation.GetProperty("share").GetDouble(), 0, 1);
        Assert.All(explanation.GetProperty("reasons").EnumerateArray(), r => Assert.NotEmpty(r.GetProperty("text").GetString()!));

        Ended words = await Cocoon.RunAsync("why-not", worker, "--config", Config);
        Assert.StartsWith("cocoon-tiny: ", words.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Unknown_peers_models_and_nodes_are_said_so()
    {
        Ended stranger = await Cocoon.RunAsync("why-not", Nobody, "--config", Config);
        Assert.Contains("no-offer", stranger.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2), (stranger.Exit, (await Cocoon.RunAsync("peers", "show", Nobody, "--config", Config)).Exit));
        Ended model = await Cocoon.RunAsync("why-not", Nobody, "--model", "none", "--config", Config, "--json");
        Assert.Equal("unknown-model", JsonElement.Parse(model.Error).GetProperty("code").GetString());
        Assert.Equal(2, (await Cocoon.RunAsync("why-not", "nonsense", "--config", Config)).Exit);
        string empty = Path.Combine(shared.Network.Nodes.Client.Folder, "nobody.toml");
        await File.WriteAllTextAsync(empty, $"[api]\nsocket = \"{Path.Combine(shared.Network.Nodes.Client.Folder, "nobody.sock")}\"\n", Cocoon.Cancelled);
        Assert.Equal(3, (await Cocoon.RunAsync("peers", "list", "--config", empty)).Exit);
    }
}
