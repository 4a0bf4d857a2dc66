using System.Text;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.PubSub;

public sealed class PubsubRouterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_nodes_in_a_ring_with_chords_each_get_every_message_once()
    {
        await using var network = new GossipNetwork();
        for (int i = 0; i < 10; i++)
        {
            await network.AddAsync();
        }

        for (int i = 0; i < 10; i++)
        {
            await GossipNetwork.ConnectAsync(network.Nodes[i], network.Nodes[(i + 1) % 10]);
            await GossipNetwork.ConnectAsync(network.Nodes[i], network.Nodes[(i + 3) % 10]);
        }

        await GossipNetwork.MeshedAsync(network.Nodes, 4);
        for (int i = 0; i < 50; i++)
        {
            await network.Nodes[i % 10].Topic.PublishAsync(Encoding.UTF8.GetBytes($"message {i}"), Ct);
        }

        foreach (GossipNetwork.Node node in network.Nodes)
        {
            await Eventually.TrueAsync(() => node.Received.Count >= 45);
            Assert.Equal(45, node.Received.Select(m => Encoding.UTF8.GetString(m.Data.Span)).Distinct().Count());
            Assert.Equal(45, node.Received.Count);
            Assert.DoesNotContain(node.Received, m => m.From == node.Peer.Identity.PeerId);
        }
    }

    [Fact]
    public async Task A_rejected_message_is_not_passed_on_and_costs_its_bringer()
    {
        await using var network = new GossipNetwork();
        GossipNetwork.Node author = await network.AddAsync();
        GossipNetwork.Node judge = await network.AddAsync();
        GossipNetwork.Node reader = await network.AddAsync();
        judge.Topic.Validator = (m, _) => ValueTask.FromResult(m.Data.Span[0] == 'b' ? MessageVerdict.Reject : MessageVerdict.Accept);
        await GossipNetwork.ConnectAsync(author, judge);
        await GossipNetwork.ConnectAsync(reader, judge);
        await GossipNetwork.MeshedAsync([author, reader], 1);
        await GossipNetwork.MeshedAsync([judge], 2);

        await author.Topic.PublishAsync("bad"u8.ToArray(), Ct);
        await author.Topic.PublishAsync("good"u8.ToArray(), Ct);
        await Eventually.TrueAsync(() => !reader.Received.IsEmpty);

        Assert.Equal("good", Encoding.UTF8.GetString(Assert.Single(reader.Received).Data.Span));
        Assert.True(await judge.Router.AskAsync(r => r.Score(author.Peer.Identity.PeerId), Ct) < 0);
    }

    [Fact]
    public async Task Publishing_without_a_listener_says_so()
    {
        await using var network = new GossipNetwork();
        GossipNetwork.Node alone = await network.AddAsync();

        PublishResult result = await alone.Topic.PublishAsync("anyone?"u8.ToArray(), Ct);

        Assert.True(result.NoPeers);
    }

    [Fact]
    public async Task A_peer_that_does_not_take_part_can_publish()
    {
        await using var network = new GossipNetwork();
        GossipNetwork.Node outsider = await network.AddAsync(subscribe: false);
        GossipNetwork.Node reader = await network.AddAsync();
        await GossipNetwork.ConnectAsync(outsider, reader);

        // Until the reader has said what it takes part in, and our stream to it is open, nobody is there.
        await Eventually.TrueAsync(async () => (await outsider.Topic.PublishAsync("hello"u8.ToArray(), Ct)).Queued == 1);

        await Eventually.TrueAsync(() => !reader.Received.IsEmpty);
    }

    [Fact]
    public async Task A_peer_that_restarts_with_its_identity_gossips_again_both_ways()
    {
        await using var network = new GossipNetwork();
        GossipNetwork.Node one = await network.AddAsync();
        GossipNetwork.Node two = await network.AddAsync();
        await GossipNetwork.ConnectAsync(one, two);
        await GossipNetwork.MeshedAsync([one, two], 1);
        await one.Peer.FindSession(two.Peer.Identity.PeerId)!.DisconnectAsync();
        await Eventually.TrueAsync(() => one.Peer.Sessions.Count == 0 && two.Peer.Sessions.Count == 0);

        await GossipNetwork.ConnectAsync(one, two);
        await Eventually.TrueAsync(async () => !(await one.Topic.PublishAsync("a"u8.ToArray(), Ct)).NoPeers);
        await Eventually.TrueAsync(async () => !(await two.Topic.PublishAsync("b"u8.ToArray(), Ct)).NoPeers);

        await Eventually.TrueAsync(() => !one.Received.IsEmpty && !two.Received.IsEmpty);
    }
}
