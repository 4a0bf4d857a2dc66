using System.Buffers;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>Our one-way stream to a neighbour, opened again as long as there is a session, and the queue before it.</summary>
internal sealed class GossipLink(PeerId peer, PubsubSettings settings, TimeProvider time, ILogger log)
{
    public static readonly IReadOnlyList<string> Protocols = ["/meshsub/1.2.0", "/meshsub/1.1.0"];

    private const int BatchBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _batch = new();
    private volatile OutboundQueue _queue = new(settings.QueueBytes, settings.ControlQueueBytes);
    private volatile bool _reopen;

    public PeerId Peer => peer;

    /// <summary>A reopening is planned; one is enough.</summary>
    public bool ReopenPlanned { get; set; }

    public bool TrySend(byte[] rpc, GossipPriority priority) => _queue.TryEnqueue(rpc, priority);

    /// <summary>Gives the stream up; a new one takes its place.</summary>
    public void Reopen()
    {
        _reopen = true;
        _queue.Wake();
    }

    /// <summary>Opens the stream, reports it, and writes until it breaks or is given up.</summary>
    public async Task RunAsync(ISession session, Func<string, ValueTask> onOpen, CancellationToken ct)
    {
        // What waited for the last stream means nothing on this one, which begins with our subscriptions.
        (_queue, _reopen) = (new OutboundQueue(settings.QueueBytes, settings.ControlQueueBytes), false);
        await using IByteStream stream = await session.OpenStreamAsync(Protocols, ct);
        Task watching = WatchAsync(stream, ct);
        try
        {
            await onOpen(stream.Protocol);
            await WriteAsync(session, stream, ct);
        }
        finally
        {
            stream.Reset();
            await watching;
        }
    }

    private async Task WriteAsync(ISession session, IByteStream stream, CancellationToken ct)
    {
        while (!_reopen)
        {
            _batch.ResetWrittenCount();
            while (_batch.WrittenCount < BatchBytes && _queue.TryDequeue() is { } rpc)
            {
                _batch.Write(rpc);
            }

            if (_queue.IsOverrun || (_batch.WrittenCount > 0 && !await TryWriteAsync(stream, ct)))
            {
                Log.SlowPeer(log, peer);
                await session.DisconnectAsync();
                return;
            }

            if (_batch.WrittenCount == 0)
            {
                await _queue.WaitAsync();
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<bool> TryWriteAsync(IByteStream stream, CancellationToken ct)
    {
        try
        {
            return await Deadline.RunAsync(
                time,
                settings.SlowPeer,
                "gossip",
                async c =>
                {
                    await stream.WriteAsync(_batch.WrittenMemory, c);
                    return true;
                },
                ct);
        }
        catch (Libp2pException e) when (e.Code == "phase-timeout")
        {
            return false;
        }
    }

    /// <summary>The neighbour says nothing on this stream; but when it breaks, this is how we hear of it.</summary>
    private async Task WatchAsync(IByteStream stream, CancellationToken ct)
    {
        byte[] ignored = new byte[64];
        try
        {
            while (await stream.ReadAsync(ignored, ct) > 0)
            {
                // A neighbour that writes here wastes its own window.
            }
        }
        catch (Exception e) when (e is Libp2pException or OperationCanceledException)
        {
            Reopen();
        }
    }
}
