using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.PubSub;

public sealed class GossipRouterMessageTests
{
    private readonly RouterHarness _harness = new();

    [Fact]
    public void An_accepted_message_goes_to_the_mesh_but_not_to_sender_or_author()
    {
        JoinMesh(4);
        GossipMessage message = _harness.Message(author: 2);
        _harness.Bring(1, message);
        _harness.Step(new GossipEvent.Judged(message, MessageVerdict.Accept));

        Assert.Single(_harness.Effects.OfType<GossipEffect.Deliver>());
        Assert.Equal([RouterHarness.Peer(3), RouterHarness.Peer(4)], _harness.ForwardedTo().Order());
    }

    [Theory]
    [InlineData(MessageVerdict.Ignore, 0)]
    [InlineData(MessageVerdict.Reject, -20)]
    public void Other_verdicts_stop_it_there(MessageVerdict verdict, double score)
    {
        JoinMesh(3);
        GossipMessage message = _harness.Message();
        _harness.Bring(1, message);
        _harness.Step(new GossipEvent.Judged(message, verdict));

        Assert.Empty(_harness.Effects);
        Assert.Equal(score, Math.Round(_harness.Router.Score(RouterHarness.Peer(1))));
    }

    [Fact]
    public void A_message_seen_before_is_not_even_verified()
    {
        JoinMesh(2);
        GossipMessage message = _harness.Message();
        _harness.Bring(1, message);
        _harness.Step(new GossipEvent.Judged(message, MessageVerdict.Accept));

        Assert.Empty(_harness.Say(2, rpc => rpc.Messages.Add(message)));
    }

    [Fact]
    public void The_same_bytes_from_several_share_one_check_and_go_back_to_none_of_them()
    {
        JoinMesh(3);
        GossipMessage message = _harness.Message();
        _harness.Say(1, rpc => rpc.Messages.Add(message));
        Assert.Empty(_harness.Say(2, rpc => rpc.Messages.Add(Reread(message))));
        _harness.Step(new GossipEvent.Verified(message, true));
        _harness.Step(new GossipEvent.Judged(message, MessageVerdict.Accept));

        Assert.Equal([RouterHarness.Peer(3)], _harness.ForwardedTo());
    }

    [Fact]
    public void A_forgery_with_a_genuine_id_does_not_suppress_the_genuine_message()
    {
        JoinMesh(3);
        GossipMessage genuine = _harness.Message(length: 10);
        byte[] forgedBytes = [.. genuine.Raw];
        forgedBytes[^1] ^= 1;
        Assert.True(GossipMessage.TryRead(forgedBytes, 100, out GossipMessage? forged));

        _harness.Say(1, rpc => rpc.Messages.Add(forged));
        Assert.Same(genuine, Assert.Single(_harness.Say(2, rpc => rpc.Messages.Add(genuine)).OfType<GossipEffect.Verify>()).Message);
        _harness.Step(new GossipEvent.Verified(forged, forged.Verify()));
        _harness.Step(new GossipEvent.Verified(genuine, genuine.Verify()));

        Assert.Single(_harness.Effects.OfType<GossipEffect.Validate>());
        Assert.True(_harness.Router.Score(RouterHarness.Peer(1)) < 0);
        Assert.True(_harness.Router.Score(RouterHarness.Peer(2)) >= 0);
    }

    [Fact]
    public void A_long_message_is_announced_to_the_mesh_once_its_signature_holds()
    {
        JoinMesh(3);
        _harness.Bring(1, _harness.Message(length: 1024));
        Assert.Equal(2, _harness.Effects.OfType<GossipEffect.SendControl>().Count(e => e.Rpc.DontWant.Count == 1));
        _harness.Bring(1, _harness.Message(length: 1023));
        Assert.Empty(_harness.Effects.OfType<GossipEffect.SendControl>());
    }

    [Fact]
    public void A_neighbour_that_has_it_is_not_sent_it()
    {
        JoinMesh(3);
        GossipMessage message = _harness.Message();
        _harness.Bring(1, message);
        _harness.Say(3, rpc => rpc.DontWant.Add(message.Id));
        _harness.Step(new GossipEvent.Judged(message, MessageVerdict.Accept));
        Assert.Equal([RouterHarness.Peer(2)], _harness.ForwardedTo());
    }

    [Fact]
    public void A_neighbours_share_of_the_queue_is_bounded()
    {
        var harness = new RouterHarness(new PubsubSettings { PendingPerPeer = 2 });
        harness.Join(1);
        harness.Say(1, rpc => rpc.Messages.AddRange([harness.Message(), harness.Message(), harness.Message()]));
        Assert.Equal(2, harness.Effects.OfType<GossipEffect.Verify>().Count());
    }

    [Fact]
    public void The_queue_is_bounded_in_messages_and_in_bytes()
    {
        var few = new RouterHarness(new PubsubSettings { PendingMessages = 3 });
        few.Join(1);
        few.Say(1, rpc => rpc.Messages.AddRange(Enumerable.Range(0, 9).Select(_ => few.Message())));
        Assert.Equal(3, few.Effects.OfType<GossipEffect.Verify>().Count());

        var small = new RouterHarness(new PubsubSettings { PendingBytes = 2500 });
        small.Join(1);
        small.Say(1, rpc => rpc.Messages.AddRange(Enumerable.Range(0, 9).Select(_ => small.Message(length: 1000))));
        Assert.Equal(2, small.Effects.OfType<GossipEffect.Verify>().Count());
    }

    [Fact]
    public void Nothing_a_graylisted_neighbour_says_is_heard()
    {
        JoinMesh(2);
        _harness.Say(1, rpc => rpc.Malformed = 4);
        Assert.True(_harness.Router.Score(RouterHarness.Peer(1)) < -200);
        Assert.Empty(_harness.Say(1, rpc => rpc.Messages.Add(_harness.Message())));
    }

    [Fact]
    public void Own_messages_that_come_back_are_ignored()
    {
        JoinMesh(2);
        GossipMessage own = GossipMessage.Create(RouterHarness.Self, RouterHarness.Topic, new byte[1], 7);
        Assert.Empty(_harness.Say(1, rpc => rpc.Messages.Add(own)));
    }

    [Fact]
    public void The_golden_message_reads_verifies_and_is_made_again()
    {
        var vector = Vectors.All["pubsubMessage"]!;
        using CocoonP2P.Libp2p.Identity author = CocoonP2P.Libp2p.Identity.FromSeed(vector.Bytes("seed"));

        Assert.Equal(vector.Bytes("message"), GossipMessage.Create(author, "t", "hello"u8.ToArray(), 1).Raw);
        foreach (string form in new[] { "message", "messageWithKey" })
        {
            Assert.True(GossipMessage.TryRead(vector.Bytes(form), 100, out GossipMessage? message));
            Assert.True(message.Verify());
            Assert.Equal(vector.Bytes("id"), message.Id);
        }

        byte[] otherKey = vector.Bytes("messageWithKey");
        otherKey[^1] ^= 1;
        Assert.True(GossipMessage.TryRead(otherKey, 100, out GossipMessage? forged));
        Assert.False(forged.Verify());
    }

    [Fact]
    public void Fields_out_of_order_or_twice_are_refused()
    {
        byte[] golden = Vectors.All["pubsubMessage"]!.Bytes("message");
        byte[] topicAgain = [.. golden, 0x22, 1, (byte)'t'];
        Assert.False(GossipMessage.TryRead(topicAgain, 100, out _));
        Assert.False(GossipMessage.TryRead(golden, 4, out _));
    }

    private static GossipMessage Reread(GossipMessage message)
    {
        Assert.True(GossipMessage.TryRead(message.Raw, 100_000, out GossipMessage? again));
        return again;
    }

    private void JoinMesh(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            _harness.Join(i);
            _harness.Say(i, rpc => rpc.Graft.Add(RouterHarness.Topic));
        }
    }
}
