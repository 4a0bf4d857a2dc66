using System.Collections.Concurrent;
using CocoonP2P.Hosting;
using CocoonP2P.Protocol;
using CocoonP2P.Storage;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>Every channel of this node, each with its engine; a message finds its channel here, and a channel its peer.</summary>
internal sealed class ChannelDirectory(ChannelDirectorySettings settings, Supervisor supervisor, TimeProvider time)
{
    /// <summary>Channels of one node: 1,024 clients of a worker, 4 small loops each.</summary>
    private const int MaxChannels = 1024;

    private readonly ConcurrentDictionary<Bits256, Entry> _channels = new();
    private readonly JournalStore _store = new(settings.Journal);

    /// <summary>What an engine tells beside what callers wait for: alarms, faults, receipts. Must not block.</summary>
    public event Action<ChannelEngine, ChannelEffect>? Told;

    public IReadOnlyList<ChannelEngine> All => [.. _channels.Values.Select(e => e.Engine)];

    /// <summary>Takes up the channels of the journal; once, at the start.</summary>
    public void Load()
    {
        foreach (ChannelState state in _store.Load())
        {
            Start(state);
        }
    }

    public ChannelEngine? Find(Bits256 channel) => _channels.TryGetValue(channel, out Entry? entry) ? entry.Engine : null;

    /// <summary>The channel as <see cref="ChannelOpening"/> made it, or as it is known already; null where there are too many.</summary>
    public ChannelEngine? Open(ChannelState made) =>
        Find(made.Settings.Address.Hash)
        ?? (_channels.Count >= MaxChannels ? null : Start(made with { Generation = settings.Journal.Generation }));

    /// <summary>From now on the channel speaks through this; both sides then compare what they remember.</summary>
    public async ValueTask AttachAsync(
        ChannelEngine engine, Func<PaymentMessage, CancellationToken, ValueTask> send, CancellationToken cancellationToken)
    {
        _channels[engine.State.Settings.Address.Hash].Send = send;
        await engine.PostAsync(new ChannelEvent.SessionOpened(), cancellationToken);
    }

    /// <summary>The session is gone; what the channel says until the next one is dropped, and compared again then.</summary>
    public void Detach(Func<PaymentMessage, CancellationToken, ValueTask> send)
    {
        foreach (Entry entry in _channels.Values.Where(e => e.Send == send))
        {
            entry.Send = null;
        }
    }

    private ChannelEngine Start(ChannelState state)
    {
        ChannelSettings channel = state.Settings;
        Entry entry = new();
        ChannelSigner signer = new(settings.Journal, channel, settings.Key, settings.ReceiptKey);
        ChannelPorts ports = new(
            _store, signer, settings.Chain,
            (message, cancellationToken) => entry.Send is { } send ? send(message, cancellationToken) : ValueTask.CompletedTask,
            effect => Told?.Invoke(entry.Engine, effect));
        entry.Engine = new ChannelEngine(state, ports, time, settings.Pace);
        _channels[channel.Address.Hash] = entry;
        entry.Engine.Start(supervisor);
        return entry.Engine;
    }

    private sealed class Entry
    {
        public ChannelEngine Engine { get; set; } = null!;

        public Func<PaymentMessage, CancellationToken, ValueTask>? Send { get; set; }
    }
}

/// <summary>What all channels of a node share.</summary>
/// <param name="Key">Signs states.</param>
/// <param name="ReceiptKey">The enclave's, on a worker.</param>
/// <param name="Journal">Where steps become durable.</param>
/// <param name="Chain">Reads accounts, sends messages.</param>
/// <param name="Pace">How often the chain is looked at while something is awaited: two blocks, say.</param>
internal sealed record ChannelDirectorySettings(
    KeyPair Key, KeyPair? ReceiptKey, IJournal Journal, IChainPort Chain, TimeSpan Pace);
