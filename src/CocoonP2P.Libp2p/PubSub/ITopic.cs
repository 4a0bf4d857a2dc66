namespace CocoonP2P.Libp2p;

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
