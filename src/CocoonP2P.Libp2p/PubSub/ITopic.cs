namespace CocoonP2P.Libp2p;

/// <summary>A message of a topic, its author proven by the signature.</summary>
/// <param name="From">The author.</param>
/// <param name="Topic">Where it was published.</param>
/// <param name="Data">What it says.</param>
/// <param name="Sequence">Grows with each message of an author.</param>
/// <param name="ReceivedFrom">The neighbour that brought it.</param>
public sealed record PubsubMessage(PeerId From, string Topic, ReadOnlyMemory<byte> Data, ulong Sequence, PeerId ReceivedFrom);

/// <summary>What a validator makes of a message.</summary>
public enum MessageVerdict
{
    /// <summary>Deliver it and pass it on.</summary>
    Accept,

    /// <summary>Neither; nobody is to blame.</summary>
    Ignore,

    /// <summary>Neither, and whoever brought it loses standing.</summary>
    Reject,
}

/// <summary>Judges a message whose signature holds. Runs on the pool; an exception or a timeout counts as Ignore.</summary>
public delegate ValueTask<MessageVerdict> TopicValidator(PubsubMessage message, CancellationToken ct);

/// <summary>What became of a published message at this peer.</summary>
/// <param name="Queued">Neighbours it is on its way to.</param>
/// <param name="Dropped">Neighbours whose queues are full.</param>
public readonly record struct PublishResult(int Queued, int Dropped)
{
    /// <summary>Nobody we know of listens.</summary>
    public bool NoPeers => Queued + Dropped == 0;
}

/// <summary>A topic of the gossip network.</summary>
public interface ITopic
{
    /// <summary>Its name: at most 256 bytes.</summary>
    string Name { get; }

    /// <summary>Whether this peer takes part.</summary>
    bool IsSubscribed { get; }

    /// <summary>Judges messages before they are delivered and passed on. Unset: all are accepted.</summary>
    TopicValidator? Validator { get; set; }

    /// <summary>A message of somebody else was accepted. Called in order, one at a time.</summary>
    event Action<PubsubMessage>? OnMessage;

    /// <summary>Takes part.</summary>
    Task SubscribeAsync(CancellationToken ct = default);

    /// <summary>Leaves.</summary>
    Task UnsubscribeAsync(CancellationToken ct = default);

    /// <summary>Signs and sends a message. Does not wait for anybody to receive it, and is not delivered here.</summary>
    /// <exception cref="ArgumentException">Longer than <see cref="PubsubSettings.MessageBytes"/>.</exception>
    Task<PublishResult> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken ct = default);
}
