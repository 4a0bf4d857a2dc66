using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>
/// Gossip for one local peer: topics to publish to and to hear from. Every message is signed by its author, and checked.
/// Create it before the peer listens: some neighbours ask once only. Dispose it before the peer.
/// </summary>
/// <remarks>Specification pubsub/gossipsub/gossipsub-v1.2.md; offers 1.2 and 1.1.</remarks>
public sealed class PubsubRouter : IAsyncDisposable
{
    private readonly ILocalPeer _peer;
    private readonly PubsubSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly TaskGroup _tasks;
    private readonly GossipActor _actor;
    private readonly GossipStreams _streams;
    private readonly IReadOnlyList<IDisposable> _handlers;
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly Channel<GossipMessage> _unverified;
    private readonly Channel<PubsubMessage> _deliveries;
    private readonly Lock _lock = new();
    private ulong _sequence;
    private PublishResult _published;

    /// <summary>Begins to gossip.</summary>
    /// <param name="peer">Whose neighbours it gossips with.</param>
    /// <param name="settings">How.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="random">Chooses neighbours; a generator of its own.</param>
    /// <param name="loggers">Where it logs.</param>
    public PubsubRouter(ILocalPeer peer, PubsubSettings settings, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        (_peer, _settings, _time) = (peer, settings, time);
        _log = loggers.CreateLogger("CocoonP2P.Libp2p.Pubsub");
        _sequence = (ulong)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        _tasks = new TaskGroup(e => Log.TaskFailed(_log, e));
        _actor = new GossipActor(new GossipRouter(settings, peer.Identity.PeerId, random, RandomNumberGenerator.GetBytes(32)), time, CarryOut);
        _streams = new GossipStreams(peer, settings, time, _tasks, _log, _actor.PostAsync);
        _unverified = Channel.CreateBounded<GossipMessage>(settings.PendingMessages);
        _deliveries = Channel.CreateBounded<PubsubMessage>(
            new BoundedChannelOptions(settings.PendingMessages) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            dropped => Log.DeliveryDropped(_log, dropped.Topic));
        _handlers = [.. GossipLink.Protocols.Select(p => peer.Handle(p, _streams.ServeAsync, new StreamLimits(Inbound: 4, Outbound: 2)))];
        peer.OnConnected += Connected;
        peer.OnDisconnected += Disconnected;
        _tasks.TryRun(_actor.RunAsync);
        _tasks.TryRun(BeatAsync);
        _tasks.TryRun(DeliverAsync);
        for (int i = 0; i < Environment.ProcessorCount; i++)
        {
            _tasks.TryRun(VerifyAsync);
        }

        foreach (ISession session in peer.Sessions)
        {
            Connected(session);
        }
    }

    /// <summary>A topic by name, the same object each time. Nothing is subscribed by asking for it.</summary>
    public ITopic GetTopic(string name) => _topics.GetOrAdd(name, n => new Topic(this, n));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _peer.OnConnected -= Connected;
        _peer.OnDisconnected -= Disconnected;
        foreach (IDisposable handler in _handlers)
        {
            handler.Dispose();
        }

        await _tasks.DisposeAsync();
    }

    internal Task StepAsync(GossipEvent happened, CancellationToken ct) => _actor.StepAsync(happened, () => true, ct);

    /// <summary>Looks at the router's state.</summary>
    internal Task<T> AskAsync<T>(Func<GossipRouter, T> question, CancellationToken ct) => _actor.AskAsync(question, ct);

    internal async Task<PublishResult> PublishAsync(string topic, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        if (data.Length > _settings.MessageBytes)
        {
            throw new ArgumentException($"{data.Length} bytes are more than PubsubSettings.MessageBytes ({_settings.MessageBytes})", nameof(data));
        }

        GossipMessage message = GossipMessage.Create(_peer.Identity, topic, data, NextSequence());
        return await _actor.StepAsync(new GossipEvent.Publish(message), TakePublished, ct);
    }

    private ulong NextSequence()
    {
        lock (_lock)
        {
            return ++_sequence;
        }
    }

    private void Count(GossipPriority priority, bool queued)
    {
        if (priority == GossipPriority.Own)
        {
            _published = queued ? _published with { Queued = _published.Queued + 1 } : _published with { Dropped = _published.Dropped + 1 };
        }
    }

    /// <summary>On the actor, right after the step that published.</summary>
    private PublishResult TakePublished()
    {
        PublishResult result = _published;
        _published = default;
        return result;
    }

    private void Connected(ISession session) => _streams.Meet(session.RemotePeer);

    private void Disconnected(ISession session, SessionEnd end) => _streams.SessionEnded(session.RemotePeer);

    private void CarryOut(GossipEffect effect)
    {
        switch (effect)
        {
            case GossipEffect.SendControl e:
                foreach (byte[] rpc in GossipRpcWriter.Control(e.Rpc))
                {
                    _streams.TrySend(e.To, rpc, GossipPriority.Control);
                }

                break;
            case GossipEffect.SendMessage e:
                Count(e.Priority, _streams.TrySend(e.To, GossipRpcWriter.Message(e.Message), e.Priority));
                break;
            case GossipEffect.Verify e:
                // The router keeps no more messages pending than the channel holds.
                _unverified.Writer.TryWrite(e.Message);
                break;
            case GossipEffect.Validate e:
                Validate(e.Message, e.From);
                break;
            case GossipEffect.Deliver e:
                _deliveries.Writer.TryWrite(ToPublic(e.Message, e.From));
                break;
        }
    }

    private void Validate(GossipMessage message, PeerId from)
    {
        if (_topics.GetValueOrDefault(message.Topic)?.Validator is not { } validator)
        {
            _actor.Enqueue_OnActor(new GossipEvent.Judged(message, MessageVerdict.Accept));
            return;
        }

        _tasks.TryRun(async ct => await _actor.PostAsync(
            new GossipEvent.Judged(message, await JudgeAsync(validator, ToPublic(message, from), ct)), ct));
    }

    private async Task<MessageVerdict> JudgeAsync(TopicValidator validator, PubsubMessage message, CancellationToken ct)
    {
        try
        {
            return await Deadline.RunAsync(_time, _settings.ValidatorTimeout, "validator", async c => await validator(message, c), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.ValidatorFailed(_log, message.Topic, e);
            return MessageVerdict.Ignore;
        }
    }

    private async Task VerifyAsync(CancellationToken ct)
    {
        await foreach (GossipMessage message in _unverified.Reader.ReadAllAsync(ct))
        {
            await _actor.PostAsync(new GossipEvent.Verified(message, message.Verify()), ct);
        }
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        await foreach (PubsubMessage message in _deliveries.Reader.ReadAllAsync(ct))
        {
            try
            {
                _topics.GetValueOrDefault(message.Topic)?.Raise(message);
            }
            catch (Exception e)
            {
                Log.HandlerThrew(_log, e);
            }
        }
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(_settings.Heartbeat, _time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            await _actor.PostAsync(new GossipEvent.Heartbeat(), ct);
        }
    }

    private static PubsubMessage ToPublic(GossipMessage message, PeerId from) =>
        new(message.Author, message.Topic, message.Data, message.Sequence, from);
}
