using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.PubSub;

/// <summary>A router alone, with neighbours that are only names; time passes when told to.</summary>
internal sealed class RouterHarness
{
    public const string Topic = "t";

    private readonly List<GossipEffect> _effects = [];
    private TimeSpan _now = TimeSpan.FromSeconds(1);
    private ulong _sequence;

    public RouterHarness(PubsubSettings? settings = null)
    {
        Router = new GossipRouter(settings ?? new PubsubSettings(), Self.PeerId, new Random(1), new byte[32]);
        Step(new GossipEvent.Subscribe(Topic));
    }

    public static CocoonP2P.Libp2p.Identity Self { get; } = LocalNetwork.IdentityOf(200);

    public GossipRouter Router { get; }

    /// <summary>What the last step wanted.</summary>
    public IReadOnlyList<GossipEffect> Effects => _effects;

    public IReadOnlyCollection<PeerId> Mesh => Router.Mesh(Topic);

    public static PeerId Peer(int number) => LocalNetwork.IdentityOf((byte)number).PeerId;

    public IReadOnlyList<GossipEffect> Step(GossipEvent happened)
    {
        _effects.Clear();
        _effects.AddRange(Router.Step(happened, _now));
        return _effects;
    }

    /// <summary>A neighbour that takes part in the topic.</summary>
    public PeerId Join(int number, bool dialled = false, string? host = null, bool subscribes = true)
    {
        PeerId peer = Peer(number);
        Step(new GossipEvent.InboundOpened(peer, number));
        Step(new GossipEvent.OutboundOpened(peer, SpeaksDontWant: true, dialled, host));
        if (subscribes)
        {
            Say(number, rpc => rpc.Subscriptions.Add((Topic, true)));
        }

        return peer;
    }

    public IReadOnlyList<GossipEffect> Say(int number, Action<GossipRpc> words)
    {
        var rpc = new GossipRpc();
        words(rpc);
        return Step(new GossipEvent.Received(Peer(number), number, rpc));
    }

    public IReadOnlyList<GossipEffect> Beat(int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _now += TimeSpan.FromSeconds(1);
            Step(new GossipEvent.Heartbeat());
        }

        return _effects;
    }

    public GossipMessage Message(int author = 100, int length = 10, string topic = Topic)
    {
        using CocoonP2P.Libp2p.Identity identity = LocalNetwork.IdentityOf((byte)author);
        return GossipMessage.Create(identity, topic, new byte[length], ++_sequence);
    }

    /// <summary>A message arrives and its signature holds.</summary>
    public void Bring(int from, GossipMessage message)
    {
        Say(from, rpc => rpc.Messages.Add(message));
        Step(new GossipEvent.Verified(message, Holds: true));
    }

    public IEnumerable<GossipRpc> ToldTo(PeerId peer) => _effects.OfType<GossipEffect.SendControl>().Where(e => e.To == peer).Select(e => e.Rpc);

    public IEnumerable<PeerId> ForwardedTo() => _effects.OfType<GossipEffect.SendMessage>().Select(e => e.To);
}
