using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.PubSub;

/// <summary>Each bounded collection of gossip, overfilled.</summary>
public sealed class GossipBoundsTests
{
    private static readonly MessageIdHasher Hasher = new(new byte[32]);
    private readonly RouterHarness _harness = new();

    [Fact]
    public void The_seen_cache_forgets_the_oldest_and_the_expired()
    {
        var seen = new SeenCache(TimeSpan.FromMinutes(2), capacity: 3);
        MessageId[] ids = [.. Enumerable.Range(0, 4).Select(i => Hasher.Hash([(byte)i]))];
        foreach (MessageId id in ids)
        {
            Assert.True(seen.Add(id, TimeSpan.Zero));
        }

        Assert.False(seen.Contains(ids[0]));
        Assert.Equal(3, seen.Count);
        Assert.False(seen.Add(ids[1], TimeSpan.FromSeconds(1)));
        seen.Expire(TimeSpan.FromMinutes(2));
        Assert.Equal(0, seen.Count);
    }

    [Fact]
    public void The_message_cache_is_bounded_in_bytes()
    {
        var cache = new MessageCache(windows: 5, gossiped: 3, maxBytes: 5000);
        for (int i = 0; i < 20; i++)
        {
            GossipMessage message = _harness.Message(length: 1000);
            cache.Put(Hasher.Hash(message.Id), message);
        }

        Assert.InRange(cache.Bytes, 3000, 5000);
        Assert.InRange(cache.Count, 3, 4);
        Assert.Equal(cache.Count, cache.RecentIds(RouterHarness.Topic).Count);
    }

    [Fact]
    public void The_outbound_queue_drops_the_oldest_of_the_least_important()
    {
        var queue = new OutboundQueue(maxBytes: 100, maxControlBytes: 40);
        Assert.True(queue.TryEnqueue(Bytes(1, 40), GossipPriority.Forwarded));
        Assert.True(queue.TryEnqueue(Bytes(2, 40), GossipPriority.Answer));
        Assert.True(queue.TryEnqueue(Bytes(3, 40), GossipPriority.Own));
        Assert.False(queue.TryEnqueue(Bytes(4, 40), GossipPriority.Answer));
        Assert.True(queue.TryEnqueue(Bytes(5, 40), GossipPriority.Control));
        Assert.False(queue.IsOverrun);
        Assert.False(queue.TryEnqueue(Bytes(6, 40), GossipPriority.Control));
        Assert.True(queue.IsOverrun);

        Assert.Equal([5, 3], new[] { queue.TryDequeue()![0], queue.TryDequeue()![0] });
        Assert.Null(queue.TryDequeue());
        Assert.Equal(0, queue.Bytes);
    }

    [Theory]
    [InlineData(512, 513)]
    public void Subscriptions_an_rpc_are_bounded(int most, int tooMany)
    {
        Assert.True(GossipRpcReader.TryRead(Subscriptions(most), 100, out _));
        Assert.False(GossipRpcReader.TryRead(Subscriptions(tooMany), 100, out _));
    }

    [Fact]
    public void Ids_grafts_and_prunes_an_rpc_are_bounded()
    {
        Assert.True(GossipRpcReader.TryRead(Control(2, 1, 5000), 100, out _));
        Assert.False(GossipRpcReader.TryRead(Control(2, 1, 5001), 100, out _));
        Assert.True(GossipRpcReader.TryRead(Control(5, 1, 512), 100, out _));
        Assert.False(GossipRpcReader.TryRead(Control(5, 1, 513), 100, out _));
        var grafts = new ProtoWriter();
        for (int i = 0; i < 257; i++)
        {
            grafts.Bytes(3, new ProtoWriter().Text(1, "t").Written);
        }

        Assert.False(GossipRpcReader.TryRead(new ProtoWriter().Bytes(3, grafts.Written).Written, 100, out _));
    }

    private static byte[] Bytes(byte mark, int length)
    {
        byte[] bytes = new byte[length];
        bytes[0] = mark;
        return bytes;
    }

    private static byte[] Subscriptions(int count)
    {
        var rpc = new ProtoWriter();
        for (int i = 0; i < count; i++)
        {
            rpc.Bytes(1, new ProtoWriter().Number(1, 1).Text(2, "t").Written);
        }

        return rpc.ToArray();
    }

    private static byte[] Control(int controlField, int idField, int count)
    {
        var ids = new ProtoWriter();
        for (int i = 0; i < count; i++)
        {
            ids.Bytes(idField, [1, 2, 3]);
        }

        return new ProtoWriter().Bytes(3, new ProtoWriter().Bytes(controlField, ids.Written).Written).ToArray();
    }
}
