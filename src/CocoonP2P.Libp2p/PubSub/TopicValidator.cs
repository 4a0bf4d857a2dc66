namespace CocoonP2P.Libp2p;

/// <summary>Judges a message whose signature holds. Runs on the pool; an exception or a timeout counts as Ignore.</summary>
public delegate ValueTask<MessageVerdict> TopicValidator(PubsubMessage message, CancellationToken ct);
