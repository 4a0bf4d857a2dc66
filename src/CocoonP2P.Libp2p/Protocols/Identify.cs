using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>Tells who we are to whoever asks, asks everybody we meet, and tells them again when it changes.</summary>
/// <remarks>Specification identify/README.md. Nothing waits for it.</remarks>
internal sealed class Identify(LocalPeer peer, HandlerTable handlers, Libp2pOptions options, ILogger log)
{
    public const string ProtocolId = "/ipfs/id/1.0.0";
    public const string PushProtocolId = "/ipfs/id/push/1.0.0";

    private const int MaxParts = 10;

    /// <summary>Several handlers added one after another make one push.</summary>
    private static readonly TimeSpan Debounce = TimeSpan.FromSeconds(1);

    private readonly AsyncSignal _changed = new();
    private readonly Lock _lock = new();
    private ulong _sequence;

    public async Task ServeAsync(ISession session, IByteStream stream, CancellationToken ct) =>
        await stream.WriteAsync(LengthPrefixed.Frame(Message(session.RemoteAddress).Write()), ct);

    public async Task ServePushAsync(ISession session, IByteStream stream, CancellationToken ct) =>
        Take(session, await ReadAsync(stream, ct));

    /// <summary>Asks, and remembers the answer. A failure is the remote's loss.</summary>
    public async Task AskAsync(ISession session, CancellationToken ct)
    {
        try
        {
            await using IByteStream stream = await session.OpenStreamAsync([ProtocolId], ct);
            Take(session, await Deadline.RunAsync(peer.Time, options.Limits.IdentifyTimeout, "identify", c => ReadAsync(stream, c), ct));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.IdentifyFailed(log, session.RemotePeer, e);
        }
    }

    /// <summary>Handlers or addresses are others than before.</summary>
    public void Changed() => _changed.Set();

    /// <summary>Pushes every change to everybody connected, a second after the first of a burst.</summary>
    public async Task PushChangesAsync(CancellationToken ct)
    {
        handlers.OnChanged += Changed;
        using CancellationTokenRegistration stop = ct.Register(Changed);
        while (true)
        {
            await _changed.WaitAsync();
            await Task.Delay(Debounce, peer.Time, ct);
            foreach (Connection connection in peer.Sessions.Cast<Connection>())
            {
                connection.TryRun(c => PushAsync(connection, c));
            }
        }
    }

    private async Task PushAsync(Connection connection, CancellationToken ct)
    {
        try
        {
            await using IByteStream stream = await connection.OpenStreamAsync([PushProtocolId], ct);
            await stream.WriteAsync(LengthPrefixed.Frame(Message(connection.RemoteAddress).Write()), ct);
        }
        catch (Libp2pException e)
        {
            // Not everybody takes pushes.
            Log.IdentifyFailed(log, connection.RemotePeer, e);
        }
    }

    private void Take(ISession session, byte[] bytes)
    {
        if (!IdentifyMessage.TryRead(bytes, session.RemotePeer, out IdentifyMessage? message))
        {
            throw Libp2pException.Violation("identify", "malformed, or of another peer");
        }

        peer.PeerStore.Identify(session.RemotePeer, message);
    }

    /// <summary>Reads to the end: a long message may come in parts, which merge by being put one after another.</summary>
    private async Task<byte[]> ReadAsync(IByteStream stream, CancellationToken ct)
    {
        byte[] merged = [];
        for (int parts = 0; parts < MaxParts; parts++)
        {
            byte[]? part = await LengthPrefixed.ReadAsync((IByteChannel)stream, options.Limits.IdentifyBytes - merged.Length, ct);
            if (part is null)
            {
                return merged;
            }

            merged = [.. merged, .. part];
        }

        throw Libp2pException.Violation("identify", $"more than {MaxParts} parts");
    }

    private IdentifyMessage Message(Multiaddress observed)
    {
        IReadOnlyList<Multiaddress> addresses = options.AnnounceAddresses.Count > 0 ? options.AnnounceAddresses : peer.ListenAddresses;
        byte[] record = new PeerRecord(peer.Identity.PeerId, NextSequence(), addresses).Seal(peer.Identity);
        return new IdentifyMessage
        {
            PublicKey = peer.Identity.PublicKey.Proto,
            ListenAddresses = addresses,
            Protocols = handlers.Protocols,
            ObservedAddress = observed,
            ProtocolVersion = options.ProtocolVersion,
            AgentVersion = options.AgentVersion,
            SignedRecord = record,
        };
    }

    /// <summary>The time, so that it grows over restarts, and always more than the last.</summary>
    private ulong NextSequence()
    {
        lock (_lock)
        {
            ulong now = (ulong)peer.Time.GetUtcNow().ToUnixTimeMilliseconds();
            return _sequence = Math.Max(now, _sequence + 1);
        }
    }
}
