namespace CocoonP2P.Libp2p;

/// <summary>How gossip behaves. The names are those of pubsub/gossipsub; the values its recommendations unless said.</summary>
public sealed record PubsubSettings
{
    /// <summary>Peers a mesh aims at. <value>8.</value></summary>
    public int Degree { get; init; } = 8;

    /// <summary>A mesh with fewer takes more in. <value>6.</value></summary>
    public int LowestDegree { get; init; } = 6;

    /// <summary>A mesh with more lets some go. <value>12.</value></summary>
    public int HighestDegree { get; init; } = 12;

    /// <summary>Peers outside the mesh that hear of messages. <value>6, or a quarter of them where that is more.</value></summary>
    public int LazyDegree { get; init; } = 6;

    /// <summary>The best of a mesh, which stay when it lets some go. <value>4.</value></summary>
    public int ScoreDegree { get; init; } = 4;

    /// <summary>Peers of a mesh that this peer dialled itself, whom no attacker chose. <value>2.</value></summary>
    public int OutboundDegree { get; init; } = 2;

    /// <summary>Between two rounds of upkeep. <value>1 s.</value></summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Heartbeats a message is kept. <value>5.</value></summary>
    public int History { get; init; } = 5;

    /// <summary>The newest of those, which are gossiped about. <value>3.</value></summary>
    public int GossipWindows { get; init; } = 3;

    /// <summary>How long a message that was seen is recognised. <value>2 min.</value></summary>
    public TimeSpan SeenLife { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Messages recognised at most. <value>1,048,576: 40 MB.</value></summary>
    public int SeenEntries { get; init; } = 1_048_576;

    /// <summary>How long a topic that is published to without a subscription keeps its peers. <value>60 s.</value></summary>
    public TimeSpan FanoutLife { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a peer that was let go stays outside. <value>60 s.</value></summary>
    public TimeSpan PruneBackoff { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same after leaving a topic. <value>10 s.</value></summary>
    public TimeSpan LeaveBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Own messages go to every subscriber, not to the mesh alone. <value>true.</value></summary>
    public bool FloodPublish { get; init; } = true;

    /// <summary>Data of this length on is announced to the mesh, so that it arrives once. <value>1,024 bytes.</value></summary>
    public int AnnounceFrom { get; init; } = 1024;

    /// <summary>The data of one message. <value>512 KiB.</value></summary>
    public int MessageBytes { get; init; } = 512 * 1024;

    /// <summary>Messages kept for those who ask. <value>64 MiB.</value></summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Messages waiting for a verdict, in all. <value>4,096.</value></summary>
    public int PendingMessages { get; init; } = 4096;

    /// <summary>Their bytes. <value>32 MiB.</value></summary>
    public long PendingBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Those of one peer. <value>256.</value></summary>
    public int PendingPerPeer { get; init; } = 256;

    /// <summary>What a topic validator may take; then the message is ignored. <value>1 s.</value></summary>
    public TimeSpan ValidatorTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes queued for one peer; beyond it the oldest of the least important go. <value>4 MiB.</value></summary>
    public int QueueBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Control bytes queued for one peer; beyond it the peer is too slow to keep. <value>256 KiB.</value></summary>
    public int ControlQueueBytes { get; init; } = 256 * 1024;

    /// <summary>A peer that takes nothing for so long is too slow to keep. <value>10 s.</value></summary>
    public TimeSpan SlowPeer { get; init; } = TimeSpan.FromSeconds(10);
}
