using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.PubSub;

public sealed class GossipRouterGossipTests
{
    private readonly RouterHarness _harness = new();

    [Fact]
    public void Neighbours_outside_the_mesh_hear_of_new_messages()
    {
        Enumerable.Range(1, 20).ToList().ForEach(i => _harness.Join(i));
        _harness.Beat();
        GossipMessage message = _harness.Message();
        _harness.Step(new GossipEvent.Publish(message));

        _harness.Beat();

        var told = _harness.Effects.OfType<GossipEffect.SendControl>().Where(e => e.Rpc.Have.Count > 0).ToList();
        Assert.Equal(6, told.Count);
        Assert.All(told, e => Assert.DoesNotContain(e.To, _harness.Mesh));
        Assert.All(told, e => Assert.Equal(message.Id, Assert.Single(Assert.Single(e.Rpc.Have).Ids)));
    }

    [Fact]
    public void What_is_new_is_asked_for_and_what_is_seen_is_not()
    {
        PeerId peer = _harness.Join(1);
        GossipMessage seen = _harness.Message();
        _harness.Bring(1, seen);
        byte[] unseen = _harness.Message().Id;

        _harness.Say(1, rpc => rpc.Have.Add((RouterHarness.Topic, [seen.Id, unseen])));

        Assert.Equal(unseen, Assert.Single(Assert.Single(_harness.ToldTo(peer)).Want));
    }

    [Fact]
    public void A_neighbour_that_asks_gets_a_message_three_times_and_no_more()
    {
        PeerId peer = _harness.Join(1);
        GossipMessage message = _harness.Message();
        _harness.Step(new GossipEvent.Publish(message));
        int sent = 0;
        for (int i = 0; i < 5; i++)
        {
            sent += _harness.Say(1, rpc => rpc.Want.Add(message.Id)).OfType<GossipEffect.SendMessage>().Count(e => e.To == peer);
        }

        Assert.Equal(3, sent);
    }

    [Fact]
    public void A_broken_promise_costs_standing_and_a_kept_one_does_not()
    {
        _harness.Join(1);
        _harness.Join(2);
        GossipMessage[] offered = [.. Enumerable.Range(0, 10).Select(_ => _harness.Message())];
        foreach (GossipMessage message in offered)
        {
            _harness.Say(1, rpc => rpc.Have.Add((RouterHarness.Topic, [message.Id])));
            _harness.Say(2, rpc => rpc.Have.Add((RouterHarness.Topic, [_harness.Message().Id])));
            _harness.Bring(1, message);
        }

        _harness.Beat(4);

        Assert.True(_harness.Router.Score(RouterHarness.Peer(1)) >= 0);
        Assert.True(_harness.Router.Score(RouterHarness.Peer(2)) < 0);
    }

    [Fact]
    public void Offers_are_bounded_by_heartbeat()
    {
        PeerId peer = _harness.Join(1);
        int asked = 0;
        for (int i = 0; i < 20; i++)
        {
            _harness.Say(1, rpc => rpc.Have.Add((RouterHarness.Topic, [_harness.Message().Id])));
            asked += _harness.ToldTo(peer).Sum(r => r.Want.Count);
        }

        Assert.Equal(10, asked);
        _harness.Beat();
        _harness.Say(1, rpc => rpc.Have.Add((RouterHarness.Topic, [_harness.Message().Id])));
        Assert.Single(_harness.ToldTo(peer));
    }

    [Fact]
    public void A_message_is_forgotten_after_its_history()
    {
        _harness.Join(1);
        GossipMessage message = _harness.Message();
        _harness.Step(new GossipEvent.Publish(message));
        _harness.Beat(5);
        Assert.DoesNotContain(_harness.Say(1, rpc => rpc.Want.Add(message.Id)), e => e is GossipEffect.SendMessage);
    }

    [Fact]
    public void Control_is_split_below_what_others_end_a_stream_for()
    {
        var rpc = new GossipRpc();
        rpc.Have.Add((RouterHarness.Topic, [.. Enumerable.Range(0, 1000).Select(_ => new byte[46])]));
        byte[][] parts = [.. GossipRpcWriter.Control(rpc)];

        Assert.All(parts, p => Assert.True(p.Length < 16 * 1024));
        Assert.Equal(1000, parts.Sum(p => Read(p).Have.Sum(h => h.Ids.Count)));
    }

    [Fact]
    public void Golden_control_reads_and_writes()
    {
        var golden = Vectors.All["pubsubRpc"]!;
        var subscribe = new GossipRpc();
        subscribe.Subscriptions.Add(("t", true));
        var graft = new GossipRpc();
        graft.Graft.Add("t");
        var prune = new GossipRpc();
        prune.Prune.Add(("t", TimeSpan.FromSeconds(60)));

        Assert.Equal(golden.Bytes("subscribeT"), Assert.Single(GossipRpcWriter.Control(subscribe))[1..]);
        Assert.Equal(golden.Bytes("graftT"), Assert.Single(GossipRpcWriter.Control(graft))[1..]);
        Assert.Equal(golden.Bytes("pruneT60"), Assert.Single(GossipRpcWriter.Control(prune))[1..]);
        Assert.True(GossipRpcReader.TryRead(golden.Bytes("pruneT60"), 100, out GossipRpc? read));
        Assert.Equal(("t", TimeSpan.FromSeconds(60)), Assert.Single(read.Prune));
    }

    private static GossipRpc Read(byte[] framed)
    {
        int prefix = Varint.Read(framed, out _);
        Assert.True(GossipRpcReader.TryRead(framed.AsSpan(prefix), 1024, out GossipRpc? rpc));
        return rpc;
    }
}
