using System.Collections.Concurrent;
using CocoonP2P.Libp2p;
using Microsoft.Extensions.Logging.Abstractions;

namespace CocoonP2P.Tests.Libp2p.PubSub;

/// <summary>Peers that gossip about one topic, over memory, with a heartbeat fast enough for a test.</summary>
internal sealed class GossipNetwork : IAsyncDisposable
{
    public const string TopicName = "news";

    public static readonly PubsubSettings Fast = new() { Heartbeat = TimeSpan.FromMilliseconds(50), FloodPublish = false };

    private readonly LocalNetwork _network = new("memory");

    public List<Node> Nodes { get; } = [];

    public async Task<Node> AddAsync(PubsubSettings? settings = null, bool subscribe = true)
    {
        LocalPeer peer = _network.Create((byte)(Nodes.Count + 1));
        var router = new PubsubRouter(peer, settings ?? Fast, TimeProvider.System, new Random(Nodes.Count), NullLoggerFactory.Instance);
        await peer.StartListenAsync([LocalNetwork.Anywhere("memory")]);
        var node = new Node(peer, router, router.GetTopic(TopicName));
        node.Topic.OnMessage += node.Received.Enqueue;
        Nodes.Add(node);
        if (subscribe)
        {
            await node.Topic.SubscribeAsync(TestContext.Current.CancellationToken);
        }

        return node;
    }

    public static Task ConnectAsync(Node from, Node to) =>
        from.Peer.DialAsync(LocalNetwork.AddressOf(to.Peer), TestContext.Current.CancellationToken);

    /// <summary>Until every one of these has at least so many of the topic in its mesh.</summary>
    public static async Task MeshedAsync(IEnumerable<Node> nodes, int degree)
    {
        foreach (Node node in nodes)
        {
            await Eventually.TrueAsync(async () =>
                await node.Router.AskAsync(r => r.Mesh(TopicName).Count, TestContext.Current.CancellationToken) >= degree);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Node node in Nodes)
        {
            await node.Router.DisposeAsync();
        }

        await _network.DisposeAsync();
    }

    internal sealed record Node(LocalPeer Peer, PubsubRouter Router, ITopic Topic)
    {
        public ConcurrentQueue<PubsubMessage> Received { get; } = new();
    }
}
