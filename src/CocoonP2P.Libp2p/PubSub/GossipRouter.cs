namespace CocoonP2P.Libp2p;

/// <summary>
/// Gossipsub without tasks, clock or sockets: an event and the time go in, effects come out. One owner; the same seed and
/// events give the same effects.
/// </summary>
/// <remarks>Specification pubsub/gossipsub/gossipsub-v1.0.md, -v1.1.md, -v1.2.md; docs/protocol/libp2p.md, "Gossip".</remarks>
internal sealed partial class GossipRouter
{
    /// <summary>Neighbours that are gone and whose standing is remembered, for an hour.</summary>
    private const int MaxDeparted = 4096;

    private static readonly TimeSpan DepartedLife = TimeSpan.FromHours(1);

    private readonly PubsubSettings _settings;
    private readonly PeerId _self;
    private readonly Random _random;
    private readonly MessageIdHasher _hasher;
    private readonly SeenCache _seen;
    private readonly MessageCache _cache;
    private readonly Dictionary<PeerId, GossipPeer> _peers = [];
    private readonly Dictionary<PeerId, (GossipPeer Peer, TimeSpan Until)> _departed = [];
    private readonly Dictionary<string, HashSet<PeerId>> _mesh = [];
    private readonly Dictionary<PeerId, GossipRpc> _control = [];
    private List<GossipEffect> _effects = [];
    private TimeSpan _now;

    /// <param name="settings">How to gossip.</param>
    /// <param name="self">Who this is.</param>
    /// <param name="random">Chooses peers.</param>
    /// <param name="idKey">Secret, so that nobody can choose message ids that collide here.</param>
    public GossipRouter(PubsubSettings settings, PeerId self, Random random, byte[] idKey)
    {
        (_settings, _self, _random) = (settings, self, random);
        _hasher = new MessageIdHasher(idKey);
        _seen = new SeenCache(settings.SeenLife, settings.SeenEntries);
        _cache = new MessageCache(settings.History, settings.GossipWindows, settings.CacheBytes);
    }

    /// <summary>The topics this peer takes part in.</summary>
    public IEnumerable<string> Topics => _mesh.Keys;

    /// <summary>The neighbours of a topic's mesh.</summary>
    public IReadOnlyCollection<PeerId> Mesh(string topic) => _mesh.TryGetValue(topic, out HashSet<PeerId>? mesh) ? mesh : [];

    /// <summary>The neighbours that take part in a topic.</summary>
    public IEnumerable<PeerId> Subscribers(string topic) => _peers.Values.Where(p => p.Topics.Contains(topic)).Select(p => p.Id);

    /// <summary>The standing of a neighbour, or 0 for a stranger.</summary>
    public double Score(PeerId peer) => _peers.TryGetValue(peer, out GossipPeer? known) ? known.Score.Value : 0;

    /// <summary>Takes what happened at this time, which never goes back, and returns what to do about it, in order.</summary>
    public IReadOnlyList<GossipEffect> Step(GossipEvent happened, TimeSpan now)
    {
        _now = now;
        _effects = [];
        switch (happened)
        {
            case GossipEvent.OutboundOpened e: Open(e); break;
            case GossipEvent.OutboundClosed e: CloseOutbound(e.Peer); break;
            case GossipEvent.InboundOpened e: OpenInbound(e.Peer, e.Stream); break;
            case GossipEvent.InboundClosed e: CloseInbound(e.Peer, e.Stream); break;
            case GossipEvent.Received e: Receive(e); break;
            case GossipEvent.Verified e: TakeVerified(e.Message, e.Holds); break;
            case GossipEvent.Judged e: TakeVerdict(e.Message, e.Verdict); break;
            case GossipEvent.Publish e: Publish(e.Message); break;
            case GossipEvent.Subscribe e: Subscribe(e.Topic); break;
            case GossipEvent.Unsubscribe e: Unsubscribe(e.Topic); break;
            case GossipEvent.Heartbeat: Beat(); break;
        }

        FlushControl();
        return _effects;
    }

    private void Open(GossipEvent.OutboundOpened e)
    {
        GossipPeer peer = Meet(e.Peer);
        (peer.CanSend, peer.SpeaksDontWant, peer.Dialled, peer.Host) = (true, e.SpeaksDontWant, e.Dialled, e.Host);
        CountNeighbours();
        if (_mesh.Count > 0)
        {
            To(peer).Subscriptions.AddRange(_mesh.Keys.Select(t => (t, true)));
        }
    }

    private void OpenInbound(PeerId id, long stream)
    {
        GossipPeer peer = Meet(id);
        if (peer.Inbound is { } before && before > stream)
        {
            return;
        }

        ForgetStream(peer);
        peer.Inbound = stream;
    }

    private void CloseInbound(PeerId id, long stream)
    {
        if (_peers.TryGetValue(id, out GossipPeer? peer) && peer.Inbound == stream)
        {
            peer.Inbound = null;
            ForgetStream(peer);
            Depart(peer);
        }
    }

    private void CloseOutbound(PeerId id)
    {
        if (_peers.TryGetValue(id, out GossipPeer? peer))
        {
            peer.CanSend = false;
            LeaveMeshes(peer);
            Depart(peer);
        }
    }

    private void ForgetStream(GossipPeer peer)
    {
        LeaveMeshes(peer);
        peer.ForgetStream();
    }

    private void LeaveMeshes(GossipPeer peer)
    {
        foreach ((string topic, HashSet<PeerId> mesh) in _mesh)
        {
            if (mesh.Remove(peer.Id))
            {
                peer.Score.LeftMesh(topic);
            }
        }

        foreach (Fanout fanout in _fanout.Values)
        {
            fanout.Peers.Remove(peer.Id);
        }
    }

    private GossipPeer Meet(PeerId id)
    {
        if (!_peers.TryGetValue(id, out GossipPeer? peer))
        {
            peer = _departed.Remove(id, out (GossipPeer Peer, TimeSpan) before) ? before.Peer : new GossipPeer(id);
            _peers.Add(id, peer);
        }

        return peer;
    }

    private void Depart(GossipPeer peer)
    {
        if (!peer.IsGone)
        {
            return;
        }

        _peers.Remove(peer.Id);
        if (_departed.Count >= MaxDeparted)
        {
            _departed.Remove(_departed.MinBy(d => d.Value.Until).Key);
        }

        _departed[peer.Id] = (peer, _now + DepartedLife);
        CountNeighbours();
    }

    /// <summary>How many neighbours sit behind each address.</summary>
    private void CountNeighbours()
    {
        var counts = _peers.Values.Where(p => p.Host is not null).CountBy(p => p.Host!).ToDictionary();
        foreach (GossipPeer peer in _peers.Values)
        {
            peer.Score.SameAddress = peer.Host is null ? 1 : counts[peer.Host];
        }
    }

    private void Receive(GossipEvent.Received e)
    {
        if (!_peers.TryGetValue(e.Peer, out GossipPeer? peer) || peer.Inbound != e.Stream || peer.Score.Value < PeerScore.GraylistThreshold)
        {
            return;
        }

        if (e.Rpc.Malformed > 0)
        {
            peer.Score.Rejected(e.Rpc.Malformed);
        }

        TakeSubscriptions(peer, e.Rpc);
        e.Rpc.Messages.ForEach(m => TakeMessage(peer, m));
        e.Rpc.Graft.ForEach(t => TakeGraft(peer, t));
        e.Rpc.Prune.ForEach(p => TakePrune(peer, p.Topic, p.Backoff));
        TakeHave(peer, e.Rpc);
        TakeWant(peer, e.Rpc);
        e.Rpc.DontWant.ForEach(id => peer.AddDontWant(_hasher.Hash(id), _heartbeats));
    }

    private void TakeSubscriptions(GossipPeer peer, GossipRpc rpc)
    {
        foreach ((string topic, bool subscribe) in rpc.Subscriptions)
        {
            if (subscribe)
            {
                if (peer.Topics.Count < GossipPeer.MaxTopics)
                {
                    peer.Topics.Add(topic);
                }

                continue;
            }

            peer.Topics.Remove(topic);
            if (_mesh.TryGetValue(topic, out HashSet<PeerId>? mesh) && mesh.Remove(peer.Id))
            {
                peer.Score.LeftMesh(topic);
            }
        }
    }

    /// <summary>The control message that this step sends to a neighbour; all of it goes out together.</summary>
    private GossipRpc To(GossipPeer peer)
    {
        if (!_control.TryGetValue(peer.Id, out GossipRpc? rpc))
        {
            rpc = _control[peer.Id] = new GossipRpc();
        }

        return rpc;
    }

    private void FlushControl()
    {
        foreach ((PeerId peer, GossipRpc rpc) in _control)
        {
            if (!rpc.IsEmpty && _peers.TryGetValue(peer, out GossipPeer? known) && known.CanSend)
            {
                _effects.Add(new GossipEffect.SendControl(peer, rpc));
            }
        }

        _control.Clear();
    }

    private List<GossipPeer> Shuffled(IEnumerable<GossipPeer> peers)
    {
        GossipPeer[] all = [.. peers];
        _random.Shuffle(all);
        return [.. all];
    }
}
