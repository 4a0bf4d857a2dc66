using System.Text.Json.Nodes;

namespace CocoonP2P.Tests.Interop;

/// <summary>Two processes in every pairing of js and C#.</summary>
public sealed class PairingTests
{
    private const string TopicName = "pairing";
    private const string Seed = "0000000000000000000000000000000000000000000000000000000000000007";

    [Theory]
    [InlineData("js", "cs")]
    [InlineData("cs", "js")]
    [InlineData("cs", "cs")]
    public async Task A_peer_dials_another_and_echoes(string dialler, string listener)
    {
        await using PeerProcess to = await StartAsync(listener);
        await using PeerProcess from = await StartAsync(dialler);

        JsonNode dialled = await from.RunAsync("dial", new { addr = to.Address.ToString() });
        JsonNode echoed = await from.RunAsync("echo", new { addr = to.Address.ToString(), bytes = 1_000_000 });
        JsonNode identified = await from.RunAsync("identify", new { addr = to.Address.ToString() });

        Assert.Equal(to.PeerId.ToString(), dialled["peer"]!.GetValue<string>());
        Assert.True(echoed["equal"]!.GetValue<bool>());
        Assert.Contains($"{listener}-test-peer/1", identified["agentVersion"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("js", "cs")]
    [InlineData("cs", "js")]
    [InlineData("cs", "cs")]
    public async Task A_peer_that_is_killed_and_started_again_gossips_both_ways(string killed, string staying)
    {
        await using PeerProcess stays = await StartAsync(staying);
        await using (PeerProcess dies = await StartAsync(killed, "--seed", Seed))
        {
            await JoinAsync(dies, stays);
            await dies.KillAsync();
        }

        await using PeerProcess back = await StartAsync(killed, "--seed", Seed);
        await JoinAsync(back, stays);
        await back.RunAsync("publish", new { topic = TopicName, data = "I am back" });
        await stays.EventAsync("message", m => m["text"]!.GetValue<string>() == "I am back");
        await stays.RunAsync("publish", new { topic = TopicName, data = "welcome" });
        await back.EventAsync("message", m => m["text"]!.GetValue<string>() == "welcome");
    }

    private static Task<PeerProcess> StartAsync(string kind, params string[] arguments) => kind == "js"
        ? PeerProcess.JsAsync(["--services", "gossip", .. arguments])
        : PeerProcess.CsAsync(arguments);

    private static async Task JoinAsync(PeerProcess from, PeerProcess to)
    {
        await to.RunAsync("subscribe", new { topic = TopicName });
        await from.RunAsync("subscribe", new { topic = TopicName });
        await from.RunAsync("dial", new { addr = to.Address.ToString() });
        await Libp2p.Eventually.TrueAsync(async () => await IsMeshedAsync(from) && await IsMeshedAsync(to));
    }

    private static async Task<bool> IsMeshedAsync(PeerProcess peer) =>
        (await peer.RunAsync("mesh", new { topic = TopicName }))["peers"]!.AsArray().Count > 0;
}
