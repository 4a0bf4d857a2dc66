namespace CocoonP2P.Libp2p;

/// <summary>What the router wants done.</summary>
internal abstract record GossipEffect
{
    internal sealed record SendControl(PeerId To, GossipRpc Rpc) : GossipEffect;

    internal sealed record SendMessage(PeerId To, GossipMessage Message, GossipPriority Priority) : GossipEffect;

    /// <summary>Check the signature, and answer with <see cref="GossipEvent.Verified"/>.</summary>
    internal sealed record Verify(GossipMessage Message) : GossipEffect;

    /// <summary>Ask the topic's validator, and answer with <see cref="GossipEvent.Judged"/>.</summary>
    internal sealed record Validate(GossipMessage Message, PeerId From) : GossipEffect;

    internal sealed record Deliver(GossipMessage Message, PeerId From) : GossipEffect;
}
