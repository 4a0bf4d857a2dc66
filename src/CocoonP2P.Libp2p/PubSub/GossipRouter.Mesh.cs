namespace CocoonP2P.Libp2p;

/// <summary>Who is in the mesh of each topic: joining, leaving, GRAFT, PRUNE and the upkeep of every heartbeat.</summary>
internal sealed partial class GossipRouter
{
    /// <summary>A neighbour that grafts so soon after it was let go did not look.</summary>
    private static readonly TimeSpan GraftFlood = TimeSpan.FromSeconds(10);

    private const int OpportunisticHeartbeats = 60;
    private const int OpportunisticPeers = 2;

    private readonly Dictionary<string, Fanout> _fanout = [];
    private int _heartbeats;
    private TimeSpan _lastBeat;

    private void Subscribe(string topic)
    {
        if (!_mesh.TryAdd(topic, []))
        {
            return;
        }

        foreach (GossipPeer peer in _peers.Values)
        {
            To(peer).Subscriptions.Add((topic, true));
        }

        IEnumerable<PeerId> first = _fanout.Remove(topic, out Fanout? fanout) ? fanout.Peers : [];
        GraftAll(topic, first.Select(p => _peers[p]).Where(p => CanGraft(p, topic)));
        FillMesh(topic, _settings.Degree);
    }

    private void Unsubscribe(string topic)
    {
        if (!_mesh.Remove(topic, out HashSet<PeerId>? mesh))
        {
            return;
        }

        foreach (GossipPeer peer in _peers.Values)
        {
            To(peer).Subscriptions.Add((topic, false));
        }

        foreach (GossipPeer peer in mesh.Select(p => _peers[p]))
        {
            SendPrune(peer, topic, _settings.LeaveBackoff);
            peer.Score.LeftMesh(topic);
        }
    }

    /// <summary>The one rule for taking a neighbour in, on whatever path.</summary>
    private static bool CanGraft(GossipPeer peer, string topic) =>
        peer.CanSend && peer.Topics.Contains(topic) && peer.Score.Value >= 0 && !peer.Backoff.ContainsKey(topic);

    private void GraftAll(string topic, IEnumerable<GossipPeer> peers)
    {
        foreach (GossipPeer peer in peers.ToArray())
        {
            if (_mesh[topic].Add(peer.Id))
            {
                To(peer).Graft.Add(topic);
            }
        }
    }

    private void FillMesh(string topic, int upTo)
    {
        HashSet<PeerId> mesh = _mesh[topic];
        GraftAll(topic, Shuffled(_peers.Values.Where(p => !mesh.Contains(p.Id) && CanGraft(p, topic))).Take(Math.Max(0, upTo - mesh.Count)));
    }

    /// <summary>Lets a neighbour go. Leaving starts a backoff on this side, too.</summary>
    private void Prune(GossipPeer peer, string topic)
    {
        _mesh[topic].Remove(peer.Id);
        peer.Score.LeftMesh(topic);
        SendPrune(peer, topic, _settings.PruneBackoff);
    }

    private void SendPrune(GossipPeer peer, string topic, TimeSpan backoff)
    {
        peer.StartBackoff(topic, _now, backoff);
        To(peer).Prune.Add((topic, backoff));
    }

    private void TakeGraft(GossipPeer peer, string topic)
    {
        if (!_mesh.TryGetValue(topic, out HashSet<PeerId>? mesh) || mesh.Contains(peer.Id))
        {
            return;
        }

        if (peer.InBackoff(topic, _now))
        {
            TimeSpan since = _now - peer.Backoff[topic].Since;
            peer.Score.Misbehaved(since < GraftFlood ? 2 : 1);
            SendPrune(peer, topic, _settings.PruneBackoff);
        }
        else if (peer.Score.Value < 0 || (mesh.Count >= _settings.HighestDegree && !peer.Dialled))
        {
            SendPrune(peer, topic, _settings.PruneBackoff);
        }
        else
        {
            mesh.Add(peer.Id);
        }
    }

    private void TakePrune(GossipPeer peer, string topic, TimeSpan backoff)
    {
        if (!_mesh.TryGetValue(topic, out HashSet<PeerId>? mesh))
        {
            return;
        }

        if (mesh.Remove(peer.Id))
        {
            peer.Score.LeftMesh(topic);
        }

        peer.StartBackoff(topic, _now, backoff);
    }

    private void Beat()
    {
        _heartbeats++;
        TimeSpan elapsed = _now - _lastBeat;
        _lastBeat = _now;
        foreach (GossipPeer peer in _peers.Values)
        {
            peer.NextHeartbeat(_heartbeats, _now, 2 * _settings.Heartbeat);
            peer.Score.Decay(elapsed, _mesh.Where(m => m.Value.Contains(peer.Id)).Select(m => m.Key));
        }

        foreach (string topic in _mesh.Keys.ToArray())
        {
            KeepMesh(topic);
        }

        KeepFanout();
        EmitGossip();
        _cache.Shift();
        _seen.Expire(_now);
        foreach ((PeerId id, (_, TimeSpan until)) in _departed.Where(d => d.Value.Until <= _now).ToArray())
        {
            _departed.Remove(id);
        }
    }

    private void KeepMesh(string topic)
    {
        HashSet<PeerId> mesh = _mesh[topic];
        foreach (GossipPeer peer in mesh.Select(p => _peers[p]).Where(p => p.Score.Value < 0).ToArray())
        {
            Prune(peer, topic);
        }

        if (mesh.Count < _settings.LowestDegree)
        {
            FillMesh(topic, _settings.Degree);
        }
        else if (mesh.Count > _settings.HighestDegree)
        {
            Trim(topic, mesh);
        }

        GraftDialled(topic, mesh);
        if (_heartbeats % OpportunisticHeartbeats == 0)
        {
            GraftBetter(topic, mesh);
        }
    }

    /// <summary>Keeps the best, fills up at random, and makes sure that enough of those who stay were dialled by us.</summary>
    private void Trim(string topic, HashSet<PeerId> mesh)
    {
        List<GossipPeer> order = Shuffled(mesh.Select(p => _peers[p]));
        List<GossipPeer> best = [.. order.OrderByDescending(p => p.Score.Value).Take(_settings.ScoreDegree)];
        List<GossipPeer> keep = [.. best, .. order.Except(best).Take(_settings.Degree - best.Count)];
        int missing = _settings.OutboundDegree - keep.Count(p => p.Dialled);
        foreach (GossipPeer dialled in order.Except(keep).Where(p => p.Dialled).Take(Math.Max(0, missing)).ToArray())
        {
            int replaced = keep.FindLastIndex(p => !p.Dialled);
            keep[replaced] = dialled;
        }

        foreach (GossipPeer peer in order.Except(keep))
        {
            Prune(peer, topic);
        }
    }

    private void GraftDialled(string topic, HashSet<PeerId> mesh)
    {
        int missing = _settings.OutboundDegree - mesh.Count(p => _peers[p].Dialled);
        if (mesh.Count >= _settings.LowestDegree && missing > 0)
        {
            GraftAll(topic, Shuffled(_peers.Values.Where(p => p.Dialled && !mesh.Contains(p.Id) && CanGraft(p, topic))).Take(missing));
        }
    }

    /// <summary>A mesh of mediocre neighbours takes in better ones, so that nobody can fill it with just tolerable ones.</summary>
    private void GraftBetter(string topic, HashSet<PeerId> mesh)
    {
        double[] scores = [.. mesh.Select(p => _peers[p].Score.Value).Order()];
        if (scores.Length == 0 || scores[scores.Length / 2] >= PeerScore.OpportunisticThreshold)
        {
            return;
        }

        double median = scores[scores.Length / 2];
        GraftAll(topic, Shuffled(_peers.Values.Where(p => !mesh.Contains(p.Id) && CanGraft(p, topic) && p.Score.Value > median)).Take(OpportunisticPeers));
    }

    private void KeepFanout()
    {
        foreach ((string topic, Fanout fanout) in _fanout.ToArray())
        {
            if (_now - fanout.LastUsed >= _settings.FanoutLife)
            {
                _fanout.Remove(topic);
                continue;
            }

            fanout.Peers.RemoveWhere(p => !CanPublishTo(_peers[p], topic));
            FillFanout(topic, fanout);
        }
    }

    private void FillFanout(string topic, Fanout fanout)
    {
        IEnumerable<GossipPeer> more = _peers.Values.Where(p => !fanout.Peers.Contains(p.Id) && CanPublishTo(p, topic));
        fanout.Peers.UnionWith(Shuffled(more).Take(Math.Max(0, _settings.Degree - fanout.Peers.Count)).Select(p => p.Id));
    }

    private static bool CanPublishTo(GossipPeer peer, string topic) =>
        peer.CanSend && peer.Topics.Contains(topic) && peer.Score.Value >= PeerScore.PublishThreshold;

    /// <summary>Whom messages go to in a topic that this peer does not take part in.</summary>
    private sealed class Fanout
    {
        public HashSet<PeerId> Peers { get; } = [];

        public TimeSpan LastUsed { get; set; }
    }
}
