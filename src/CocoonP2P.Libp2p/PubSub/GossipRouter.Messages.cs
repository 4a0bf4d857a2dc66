namespace CocoonP2P.Libp2p;

/// <summary>The way of a message: arrival, signature, verdict, delivery and forwarding.</summary>
/// <remarks>
/// An id counts as seen only once its signature holds. Otherwise a forgery with a victim's author and sequence would suppress
/// the genuine message.
/// </remarks>
internal sealed partial class GossipRouter
{
    /// <summary>By id: more than one only where somebody forges.</summary>
    private readonly Dictionary<MessageId, List<Pending>> _pending = [];
    private readonly Dictionary<GossipMessage, Pending> _pendingByMessage = [];
    private long _pendingBytes;

    private void TakeMessage(GossipPeer from, GossipMessage message)
    {
        MessageId id = _hasher.Hash(message.Id);
        if (!_mesh.ContainsKey(message.Topic) || message.Author == _self)
        {
            return;
        }

        List<Pending> same = _pending.GetValueOrDefault(id) ?? [];
        if (same.Find(p => p.Message.Raw.AsSpan().SequenceEqual(message.Raw)) is { } waiting)
        {
            // The same bytes share the verdict of the first.
            waiting.Senders.Add(from.Id);
            return;
        }

        if (_seen.Contains(id))
        {
            return;
        }

        bool full = _pendingByMessage.Count >= _settings.PendingMessages
            || _pendingBytes + message.Raw.Length > _settings.PendingBytes
            || from.Pending >= _settings.PendingPerPeer;
        if (full)
        {
            return;
        }

        var pending = new Pending(id, message, from);
        same.Add(pending);
        _pending[id] = same;
        _pendingByMessage.Add(message, pending);
        _pendingBytes += message.Raw.Length;
        from.Pending++;
        _effects.Add(new GossipEffect.Verify(message));
    }

    private void TakeVerified(GossipMessage message, bool holds)
    {
        if (!_pendingByMessage.TryGetValue(message, out Pending? pending))
        {
            return;
        }

        if (!holds)
        {
            Blame(pending);
            Settle(pending);
        }
        else if (!_seen.Add(pending.Id, _now))
        {
            Settle(pending);
        }
        else
        {
            FulfilPromises(pending.Id);
            AnnounceArrival(pending);
            _effects.Add(new GossipEffect.Validate(message, pending.First.Id));
        }
    }

    private void TakeVerdict(GossipMessage message, MessageVerdict verdict)
    {
        if (!_pendingByMessage.TryGetValue(message, out Pending? pending))
        {
            return;
        }

        Settle(pending);
        if (verdict == MessageVerdict.Reject)
        {
            Blame(pending);
        }
        else if (verdict == MessageVerdict.Accept)
        {
            pending.First.Score.Delivered();
            _cache.Put(pending.Id, message);
            _effects.Add(new GossipEffect.Deliver(message, pending.First.Id));
            Forward(pending);
        }
    }

    /// <summary>Never to who sent it, who wrote it, or who said that it has it.</summary>
    private void Forward(Pending pending)
    {
        foreach (PeerId id in Mesh(pending.Message.Topic))
        {
            GossipPeer peer = _peers[id];
            if (peer.CanSend && !pending.Senders.Contains(id) && id != pending.Message.Author && !peer.DoesNotWant(pending.Id))
            {
                _effects.Add(new GossipEffect.SendMessage(id, pending.Message, GossipPriority.Forwarded));
            }
        }
    }

    private void Publish(GossipMessage message)
    {
        MessageId id = _hasher.Hash(message.Id);
        _seen.Add(id, _now);
        _cache.Put(id, message);
        foreach (GossipPeer peer in Recipients(message.Topic))
        {
            if (!peer.DoesNotWant(id))
            {
                _effects.Add(new GossipEffect.SendMessage(peer.Id, message, GossipPriority.Own));
            }
        }
    }

    private List<GossipPeer> Recipients(string topic)
    {
        if (!_mesh.TryGetValue(topic, out HashSet<PeerId>? mesh))
        {
            if (!_fanout.TryGetValue(topic, out Fanout? fanout))
            {
                fanout = _fanout[topic] = new Fanout();
            }

            fanout.LastUsed = _now;
            FillFanout(topic, fanout);
            mesh = fanout.Peers;
        }

        return [.. _peers.Values.Where(p => p.CanSend && (mesh.Contains(p.Id) || (_settings.FloodPublish && CanPublishTo(p, topic))))];
    }

    private void Blame(Pending pending)
    {
        foreach (PeerId sender in pending.Senders)
        {
            if (_peers.TryGetValue(sender, out GossipPeer? peer))
            {
                peer.Score.Rejected();
            }
        }
    }

    private void Settle(Pending pending)
    {
        _pendingByMessage.Remove(pending.Message);
        _pendingBytes -= pending.Message.Raw.Length;
        pending.First.Pending--;
        List<Pending> same = _pending[pending.Id];
        same.Remove(pending);
        if (same.Count == 0)
        {
            _pending.Remove(pending.Id);
        }
    }

    /// <summary>A message between arrival and verdict, and everybody who brought it meanwhile.</summary>
    private sealed class Pending(MessageId id, GossipMessage message, GossipPeer first)
    {
        public MessageId Id => id;

        public GossipMessage Message => message;

        public GossipPeer First => first;

        public HashSet<PeerId> Senders { get; } = [first.Id];
    }
}
