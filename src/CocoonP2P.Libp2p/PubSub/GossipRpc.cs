namespace CocoonP2P.Libp2p;

/// <summary>What one peer tells another at once: subscriptions, messages and control.</summary>
/// <remarks>Specification pubsub/README.md, "The RPC"; gossipsub-v1.0.md to -v1.2.md, "Protobuf".</remarks>
internal sealed class GossipRpc
{
    public List<(string Topic, bool Subscribe)> Subscriptions { get; } = [];

    public List<GossipMessage> Messages { get; } = [];

    public List<(string Topic, List<byte[]> Ids)> Have { get; } = [];

    public List<byte[]> Want { get; } = [];

    public List<string> Graft { get; } = [];

    public List<(string Topic, TimeSpan Backoff)> Prune { get; } = [];

    public List<byte[]> DontWant { get; } = [];

    /// <summary>Messages that were malformed: their neighbour is to blame, the rest of the RPC is not.</summary>
    public int Malformed { get; set; }

    public bool IsEmpty =>
        Subscriptions.Count + Messages.Count + Have.Count + Want.Count + Graft.Count + Prune.Count + DontWant.Count == 0;
}
