namespace CocoonP2P.Libp2p;

/// <summary>How soon something must go out, and how late it may be thrown away.</summary>
internal enum GossipPriority
{
    Control,
    Own,
    Forwarded,
    Answer,
}
