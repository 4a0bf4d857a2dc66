using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.PubSub;

public sealed class GossipRouterMeshTests
{
    private readonly RouterHarness _harness = new();

    [Fact]
    public void The_first_thing_a_neighbour_hears_is_our_subscriptions()
    {
        PeerId peer = RouterHarness.Peer(1);
        _harness.Step(new GossipEvent.OutboundOpened(peer, true, false, null));
        Assert.Equal((RouterHarness.Topic, true), Assert.Single(Assert.Single(_harness.ToldTo(peer)).Subscriptions));
    }

    [Fact]
    public void A_heartbeat_fills_the_mesh_up_to_its_degree()
    {
        Enumerable.Range(1, 20).ToList().ForEach(i => _harness.Join(i));
        _harness.Beat();
        Assert.Equal(8, _harness.Mesh.Count);
        Assert.Equal(8, _harness.Effects.OfType<GossipEffect.SendControl>().Count(e => e.Rpc.Graft.Count == 1));
    }

    [Fact]
    public void A_mesh_that_others_overfill_is_trimmed_and_keeps_those_we_dialled()
    {
        PeerId[] dialled = [_harness.Join(1, dialled: true), _harness.Join(2, dialled: true)];
        Enumerable.Range(3, 10).ToList().ForEach(i => _harness.Join(i));
        Enumerable.Range(1, 12).ToList().ForEach(i => _harness.Say(i, rpc => rpc.Graft.Add(RouterHarness.Topic)));
        PeerId third = _harness.Join(13, dialled: true);
        _harness.Say(13, rpc => rpc.Graft.Add(RouterHarness.Topic));
        Assert.Equal(13, _harness.Mesh.Count);

        _harness.Beat();

        Assert.Equal(8, _harness.Mesh.Count);
        Assert.True(_harness.Mesh.Count(p => dialled.Contains(p) || p == third) >= 2);
    }

    [Fact]
    public void At_the_highest_degree_only_dialled_neighbours_may_graft()
    {
        Enumerable.Range(1, 12).ToList().ForEach(i => _harness.Join(i));
        Enumerable.Range(1, 12).ToList().ForEach(i => _harness.Say(i, rpc => rpc.Graft.Add(RouterHarness.Topic)));
        PeerId late = _harness.Join(13);

        _harness.Say(13, rpc => rpc.Graft.Add(RouterHarness.Topic));

        Assert.DoesNotContain(late, _harness.Mesh);
        Assert.Equal(TimeSpan.FromSeconds(60), Assert.Single(Assert.Single(_harness.ToldTo(late)).Prune).Backoff);
    }

    [Fact]
    public void A_pruned_neighbour_is_not_grafted_for_a_minute_and_a_little()
    {
        PeerId peer = _harness.Join(1);
        _harness.Beat();
        Assert.Contains(peer, _harness.Mesh);

        _harness.Say(1, rpc => rpc.Prune.Add((RouterHarness.Topic, TimeSpan.FromSeconds(60))));
        _harness.Beat(61);
        Assert.Empty(_harness.Mesh);
        _harness.Beat(2);
        Assert.Contains(peer, _harness.Mesh);
    }

    [Fact]
    public void Grafting_within_the_backoff_is_answered_with_prune_and_costs_standing()
    {
        PeerId peer = _harness.Join(1);
        _harness.Say(1, rpc => rpc.Prune.Add((RouterHarness.Topic, TimeSpan.FromSeconds(60))));
        for (int i = 0; i < 5; i++)
        {
            _harness.Say(1, rpc => rpc.Graft.Add(RouterHarness.Topic));
            Assert.Single(Assert.Single(_harness.ToldTo(peer)).Prune);
        }

        Assert.Empty(_harness.Mesh);
        Assert.True(_harness.Router.Score(peer) < 0);
    }

    [Fact]
    public void Leaving_prunes_the_mesh_and_joining_again_respects_the_backoff()
    {
        PeerId peer = _harness.Join(1);
        _harness.Beat();

        _harness.Step(new GossipEvent.Unsubscribe(RouterHarness.Topic));
        GossipRpc said = Assert.Single(_harness.ToldTo(peer));
        Assert.Equal(TimeSpan.FromSeconds(10), Assert.Single(said.Prune).Backoff);
        Assert.Equal((RouterHarness.Topic, false), Assert.Single(said.Subscriptions));

        _harness.Step(new GossipEvent.Subscribe(RouterHarness.Topic));
        Assert.Empty(_harness.Mesh);
    }

    [Fact]
    public void A_graft_for_an_unknown_topic_is_not_answered()
    {
        PeerId peer = _harness.Join(1);
        _harness.Say(1, rpc => rpc.Graft.Add("elsewhere"));
        Assert.Empty(_harness.ToldTo(peer));
    }

    [Fact]
    public void A_new_stream_begins_anew_and_the_old_one_is_not_heard()
    {
        PeerId peer = _harness.Join(1);
        _harness.Beat();
        _harness.Step(new GossipEvent.InboundOpened(peer, 50));

        Assert.Empty(_harness.Mesh);
        Assert.Empty(_harness.Router.Subscribers(RouterHarness.Topic));
        _harness.Say(1, rpc => rpc.Subscriptions.Add((RouterHarness.Topic, true)));
        Assert.Empty(_harness.Router.Subscribers(RouterHarness.Topic));
        _harness.Step(new GossipEvent.InboundClosed(peer, 1));
        _harness.Step(new GossipEvent.Received(peer, 50, Subscription()));
        Assert.Single(_harness.Router.Subscribers(RouterHarness.Topic));
    }

    [Fact]
    public void A_neighbour_that_reconnects_finds_its_standing_as_it_was()
    {
        PeerId peer = _harness.Join(1);
        _harness.Say(1, rpc => rpc.Malformed = 3);
        double before = _harness.Router.Score(peer);
        _harness.Step(new GossipEvent.InboundClosed(peer, 1));
        _harness.Step(new GossipEvent.OutboundClosed(peer));
        Assert.Equal(0, _harness.Router.Score(peer));

        _harness.Join(1);

        Assert.Equal(before, _harness.Router.Score(peer));
    }

    [Fact]
    public void Many_neighbours_behind_one_address_lose_standing_together()
    {
        PeerId[] crowd = [.. Enumerable.Range(1, 7).Select(i => _harness.Join(i, host: "10.0.0.1"))];
        Assert.All(crowd, p => Assert.Equal(-90, _harness.Router.Score(p)));
    }

    [Fact]
    public void Topics_of_a_neighbour_are_bounded()
    {
        _harness.Join(1, subscribes: false);
        _harness.Say(1, rpc => rpc.Subscriptions.AddRange(Enumerable.Range(0, 256).Select(i => ($"{i}", true))));
        _harness.Say(1, rpc => rpc.Subscriptions.Add((RouterHarness.Topic, true)));
        Assert.Empty(_harness.Router.Subscribers(RouterHarness.Topic));
    }

    private static GossipRpc Subscription()
    {
        var rpc = new GossipRpc();
        rpc.Subscriptions.Add((RouterHarness.Topic, true));
        return rpc;
    }
}
