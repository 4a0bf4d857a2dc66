using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>The streams of gossip: one link to every neighbour, and one stream from each, the newest.</summary>
internal sealed class GossipStreams(
    ILocalPeer local, PubsubSettings settings, TimeProvider time, TaskGroup tasks, ILogger log, Func<GossipEvent, CancellationToken, ValueTask> post)
{
    private static readonly TimeSpan BeforeReopening = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a neighbour takes to open its own stream again, so that two of us do not chase each other.</summary>
    private static readonly TimeSpan BeforeAskingBack = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, GossipLink> _links = [];
    private readonly Dictionary<PeerId, (long Number, IByteStream Stream)> _inbound = [];
    private long _lastInbound;

    public bool TrySend(PeerId to, byte[] rpc, GossipPriority priority)
    {
        lock (_lock)
        {
            return _links.TryGetValue(to, out GossipLink? link) && link.TrySend(rpc, priority);
        }
    }

    /// <summary>Begins to talk to a peer, unless we do.</summary>
    public void Meet(PeerId peer)
    {
        GossipLink link;
        lock (_lock)
        {
            if (_links.ContainsKey(peer))
            {
                return;
            }

            link = _links[peer] = new GossipLink(peer, settings, time, log);
        }

        tasks.TryRun(ct => RunLinkAsync(link, ct));
    }

    /// <summary>A session ended: its link looks for another one, or ends.</summary>
    public void SessionEnded(PeerId peer)
    {
        lock (_lock)
        {
            _links.GetValueOrDefault(peer)?.Reopen();
        }
    }

    /// <summary>Serves a neighbour's stream. A new one replaces the old and all that was said on it.</summary>
    public async Task ServeAsync(ISession session, IByteStream stream, CancellationToken ct)
    {
        PeerId peer = session.RemotePeer;
        long number = TakeOver(peer, stream);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, tasks.Stopping);
        await post(new GossipEvent.InboundOpened(peer, number), either.Token);
        Meet(peer);
        try
        {
            while (await LengthPrefixed.ReadAsync((IByteChannel)stream, GossipRpcReader.MaxRpcBytes, either.Token) is { } bytes)
            {
                GossipRpc rpc = GossipRpcReader.TryRead(bytes, settings.MessageBytes, out GossipRpc? read)
                    ? read
                    : throw Libp2pException.Violation("gossip-rpc", "malformed, or beyond its bounds");
                await post(new GossipEvent.Received(peer, number, rpc), either.Token);
            }
        }
        finally
        {
            Release(peer, number);
            if (!tasks.Stopping.IsCancellationRequested)
            {
                await post(new GossipEvent.InboundClosed(peer, number), tasks.Stopping);
            }
        }
    }

    private long TakeOver(PeerId peer, IByteStream stream)
    {
        long number = Interlocked.Increment(ref _lastInbound);
        (long Number, IByteStream Stream) old;
        lock (_lock)
        {
            old = _inbound.GetValueOrDefault(peer);
            _inbound[peer] = (number, stream);
        }

        old.Stream?.Reset();
        return number;
    }

    /// <summary>Some do not open their stream again by themselves, but do so when we open ours.</summary>
    private void Release(PeerId peer, long number)
    {
        lock (_lock)
        {
            if (_inbound.GetValueOrDefault(peer).Number != number)
            {
                return;
            }

            _inbound.Remove(peer);
            if (!_links.TryGetValue(peer, out GossipLink? link) || link.ReopenPlanned)
            {
                return;
            }

            link.ReopenPlanned = tasks.TryRun(ct => AskBackAsync(link, ct));
        }
    }

    private async Task AskBackAsync(GossipLink link, CancellationToken ct)
    {
        await Task.Delay(BeforeAskingBack, time, ct);
        lock (_lock)
        {
            link.ReopenPlanned = false;
            if (!_inbound.ContainsKey(link.Peer))
            {
                link.Reopen();
            }
        }
    }

    private async Task RunLinkAsync(GossipLink link, CancellationToken ct)
    {
        while (SessionOrRetire(link) is { } session)
        {
            bool opened = false;
            using CancellationTokenRegistration wake = ct.Register(link.Reopen);
            try
            {
                await link.RunAsync(
                    session,
                    async protocol =>
                    {
                        opened = true;
                        await post(Opened(session, protocol), ct);
                    },
                    ct);
            }
            catch (Libp2pException e) when (e.Code == "protocol-unsupported")
            {
                Retire(link);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Log.GossipStreamFailed(log, link.Peer, e);
            }

            if (opened)
            {
                await post(new GossipEvent.OutboundClosed(link.Peer), ct);
            }

            await Task.Delay(BeforeReopening, time, ct);
        }
    }

    private static GossipEvent.OutboundOpened Opened(ISession session, string protocol) => new(
        session.RemotePeer, protocol == GossipLink.Protocols[0], session.Direction == Direction.Outbound, AddressGroup.Host(session.RemoteAddress));

    /// <summary>Under the lock, so that a session that begins meanwhile either is found here or starts a link of its own.</summary>
    private ISession? SessionOrRetire(GossipLink link)
    {
        lock (_lock)
        {
            ISession? session = local.FindSession(link.Peer);
            if (session is null)
            {
                _links.Remove(link.Peer);
            }

            return session;
        }
    }

    private void Retire(GossipLink link)
    {
        lock (_lock)
        {
            _links.Remove(link.Peer);
        }
    }
}
