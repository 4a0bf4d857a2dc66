namespace CocoonP2P.Libp2p;

/// <summary>What happens to the router. Streams have numbers that only grow, so that what a replaced stream still says is not heard.</summary>
internal abstract record GossipEvent
{
    /// <summary>Our stream to a peer is open: it can be told things, first of all our subscriptions.</summary>
    internal sealed record OutboundOpened(PeerId Peer, bool SpeaksDontWant, bool Dialled, string? Host) : GossipEvent;

    internal sealed record OutboundClosed(PeerId Peer) : GossipEvent;

    /// <summary>A peer's stream to us is open; what its last one said no longer holds.</summary>
    internal sealed record InboundOpened(PeerId Peer, long Stream) : GossipEvent;

    internal sealed record InboundClosed(PeerId Peer, long Stream) : GossipEvent;

    internal sealed record Received(PeerId Peer, long Stream, GossipRpc Rpc) : GossipEvent;

    /// <summary>The answer to <see cref="GossipEffect.Verify"/>.</summary>
    internal sealed record Verified(GossipMessage Message, bool Holds) : GossipEvent;

    /// <summary>The answer to <see cref="GossipEffect.Validate"/>.</summary>
    internal sealed record Judged(GossipMessage Message, MessageVerdict Verdict) : GossipEvent;

    internal sealed record Publish(GossipMessage Message) : GossipEvent;

    internal sealed record Subscribe(string Topic) : GossipEvent;

    internal sealed record Unsubscribe(string Topic) : GossipEvent;

    internal sealed record Heartbeat : GossipEvent;
}
