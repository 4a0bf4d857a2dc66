namespace CocoonP2P.Libp2p;

/// <summary>What became of a published message at this peer.</summary>
/// <param name="Queued">Neighbours it is on its way to.</param>
/// <param name="Dropped">Neighbours whose queues are full.</param>
public readonly record struct PublishResult(int Queued, int Dropped)
{
    /// <summary>Nobody we know of listens.</summary>
    public bool NoPeers => Queued + Dropped == 0;
}
