using System.Text;

namespace CocoonP2P.Libp2p;

/// <summary>A topic as the application holds it.</summary>
internal sealed class Topic(PubsubRouter router, string name) : ITopic
{
    public event Action<PubsubMessage>? OnMessage;

    public string Name { get; } = Encoding.UTF8.GetByteCount(name) is > 0 and <= GossipMessage.MaxTopicBytes
        ? name
        : throw new ArgumentException($"a topic has 1 to {GossipMessage.MaxTopicBytes} bytes", nameof(name));

    public bool IsSubscribed { get; private set; }

    public TopicValidator? Validator { get; set; }

    public async Task SubscribeAsync(CancellationToken ct = default)
    {
        await router.StepAsync(new GossipEvent.Subscribe(Name), ct);
        IsSubscribed = true;
    }

    public async Task UnsubscribeAsync(CancellationToken ct = default)
    {
        await router.StepAsync(new GossipEvent.Unsubscribe(Name), ct);
        IsSubscribed = false;
    }

    public Task<PublishResult> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken ct = default) => router.PublishAsync(Name, data, ct);

    public void Raise(PubsubMessage message) => OnMessage?.Invoke(message);
}
