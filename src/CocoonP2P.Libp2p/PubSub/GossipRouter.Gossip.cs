namespace CocoonP2P.Libp2p;

/// <summary>Who has what: IHAVE, IWANT, IDONTWANT, and the promises that follow from them.</summary>
internal sealed partial class GossipRouter
{
    private const int MaxHaveMessages = 10;
    private const int MaxPromises = 10;

    private static readonly TimeSpan PromiseTime = TimeSpan.FromSeconds(3);

    /// <summary>Tells neighbours outside the mesh what was new lately.</summary>
    private void EmitGossip()
    {
        foreach (string topic in _mesh.Keys.Concat(_fanout.Keys))
        {
            List<byte[]> ids = _cache.RecentIds(topic);
            if (ids.Count == 0)
            {
                continue;
            }

            IReadOnlyCollection<PeerId> told = _mesh.TryGetValue(topic, out HashSet<PeerId>? mesh) ? mesh : _fanout[topic].Peers;
            List<GossipPeer> outside = Shuffled(_peers.Values.Where(
                p => p.CanSend && p.Topics.Contains(topic) && !told.Contains(p.Id) && p.Score.Value >= PeerScore.GossipThreshold));
            foreach (GossipPeer peer in outside.Take(Math.Max(_settings.LazyDegree, outside.Count / 4)))
            {
                To(peer).Have.Add((topic, Sample(ids)));
            }
        }
    }

    private List<byte[]> Sample(List<byte[]> ids)
    {
        byte[][] all = [.. ids];
        _random.Shuffle(all);
        return [.. all.Take(GossipRpcReader.MaxIds)];
    }

    private void TakeHave(GossipPeer peer, GossipRpc rpc)
    {
        if (rpc.Have.Count == 0 || peer.Score.Value < PeerScore.GossipThreshold)
        {
            return;
        }

        var wanted = new Dictionary<MessageId, byte[]>();
        foreach ((string topic, List<byte[]> ids) in rpc.Have)
        {
            if (++peer.HaveThisHeartbeat > MaxHaveMessages || !_mesh.ContainsKey(topic))
            {
                continue;
            }

            foreach (byte[] id in ids)
            {
                MessageId hash = _hasher.Hash(id);
                if (peer.AskedThisHeartbeat + wanted.Count < GossipRpcReader.MaxIds && !_seen.Contains(hash) && !_pending.ContainsKey(hash))
                {
                    wanted.TryAdd(hash, id);
                }
            }
        }

        if (wanted.Count == 0)
        {
            return;
        }

        peer.AskedThisHeartbeat += wanted.Count;
        To(peer).Want.AddRange(wanted.Values);

        // One of them, at random, stands for all: a neighbour that offers what it does not have is found out.
        if (peer.Promises.Count < MaxPromises)
        {
            peer.Promises.TryAdd(wanted.Keys.ElementAt(_random.Next(wanted.Count)), _now + PromiseTime);
        }
    }

    private void TakeWant(GossipPeer peer, GossipRpc rpc)
    {
        if (peer.Score.Value < PeerScore.GossipThreshold || !peer.CanSend)
        {
            return;
        }

        foreach (byte[] id in rpc.Want)
        {
            MessageId hash = _hasher.Hash(id);
            if (!peer.DoesNotWant(hash) && _cache.Retransmit(hash, peer.Id) is { } message)
            {
                _effects.Add(new GossipEffect.SendMessage(peer.Id, message, GossipPriority.Answer));
            }
        }
    }

    private void FulfilPromises(MessageId id)
    {
        foreach (GossipPeer peer in _peers.Values)
        {
            peer.Promises.Remove(id);
        }
    }

    /// <summary>Tells the mesh that a long message is here already.</summary>
    private void AnnounceArrival(Pending pending)
    {
        if (pending.Message.Data.Length < _settings.AnnounceFrom || !_mesh.TryGetValue(pending.Message.Topic, out HashSet<PeerId>? mesh))
        {
            return;
        }

        foreach (GossipPeer peer in mesh.Select(p => _peers[p]).Where(p => p.SpeaksDontWant && !pending.Senders.Contains(p.Id)))
        {
            To(peer).DontWant.Add(pending.Message.Id);
        }
    }
}
