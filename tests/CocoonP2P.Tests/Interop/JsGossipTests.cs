using System.Text;
using System.Text.Json.Nodes;
using CocoonP2P.Libp2p;
using CocoonP2P.Tests.Libp2p;
using Microsoft.Extensions.Logging.Abstractions;

namespace CocoonP2P.Tests.Interop;

public sealed class JsGossipTests
{
    private const string TopicName = "interop";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signed_messages_cross_a_mesh_of_js_here_js_and_a_tampered_one_does_not()
    {
        await using PeerProcess left = await PeerProcess.JsAsync("--services", "gossip");
        await using PeerProcess right = await PeerProcess.JsAsync("--services", "gossip");
        await using var network = new LocalNetwork("tcp");
        LocalPeer here = network.Create(1);
        await using var pubsub = new PubsubRouter(here, new PubsubSettings(), TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        ITopic topic = pubsub.GetTopic(TopicName);
        var received = new System.Collections.Concurrent.ConcurrentQueue<PubsubMessage>();
        topic.OnMessage += received.Enqueue;
        await topic.SubscribeAsync(Ct);
        await here.StartListenAsync([LocalNetwork.Anywhere("tcp")], Ct);
        await left.RunAsync("subscribe", new { topic = TopicName });
        await right.RunAsync("subscribe", new { topic = TopicName });

        // One is dialled, the other dials.
        await here.DialAsync(left.Address, Ct);
        await right.RunAsync("dial", new { addr = LocalNetwork.AddressOf(here).ToString() });
        await Eventually.TrueAsync(async () => await pubsub.AskAsync(r => r.Mesh(TopicName).Count, Ct) == 2
            && await IsMeshedAsync(left) && await IsMeshedAsync(right));

        await left.RunAsync("publish", new { topic = TopicName, data = "from left" });
        JsonNode crossed = await right.EventAsync("message", m => m["text"]!.GetValue<string>() == "from left");
        Assert.Equal("signed", crossed["type"]!.GetValue<string>());
        Assert.Equal(left.PeerId.ToString(), crossed["from"]!.GetValue<string>());
        Assert.Equal(here.Identity.PeerId.ToString(), crossed["via"]!.GetValue<string>());
        await right.RunAsync("publish", new { topic = TopicName, data = new string('x', 3000) });
        await left.EventAsync("message", m => m["text"]!.GetValue<string>().Length == 3000);

        LocalPeer forger = network.Create(2);
        await SendTamperedAsync(await forger.DialAsync(LocalNetwork.AddressOf(here), Ct), forger.Identity);
        await Eventually.TrueAsync(async () => await pubsub.AskAsync(r => r.Score(forger.Identity.PeerId), Ct) < 0);
        await topic.PublishAsync("from here"u8.ToArray(), Ct);
        await left.EventAsync("message", m => m["text"]!.GetValue<string>() == "from here");
        await right.EventAsync("message", m => m["text"]!.GetValue<string>() == "from here");

        Assert.Equal(2, left.Events.Count(IsMessage));
        Assert.Equal(2, right.Events.Count(IsMessage));
        Assert.Equal(2, received.Count);
    }

    private static bool IsMessage(JsonNode e) => e["event"]!.GetValue<string>() == "message";

    private static async Task<bool> IsMeshedAsync(PeerProcess js) => (await js.RunAsync("mesh", new { topic = TopicName }))["peers"]!.AsArray().Count == 1;

    private static async Task SendTamperedAsync(ISession session, Identity author)
    {
        GossipMessage genuine = GossipMessage.Create(author, TopicName, Encoding.UTF8.GetBytes("genuine"), 1);
        byte[] raw = [.. genuine.Raw];
        raw[raw.AsSpan().IndexOf("genuine"u8)] ^= 1;
        IByteStream stream = await session.OpenStreamAsync(["/meshsub/1.2.0"], Ct);
        await stream.WriteAsync(LengthPrefixed.Frame(new ProtoWriter().Bytes(2, raw).Written), Ct);
    }
}
