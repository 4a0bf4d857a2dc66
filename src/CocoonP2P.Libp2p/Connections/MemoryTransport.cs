using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace CocoonP2P.Libp2p;

/// <summary>A network inside one process: addresses are <c>/memory/7</c>. Peers that share an instance reach each other.</summary>
internal sealed class MemoryTransport : ITransport
{
    /// <summary>As much as a socket's buffers hold.</summary>
    private const int InFlight = 256 * 1024;

    private readonly ConcurrentDictionary<ulong, Listener> _listeners = new();
    private ulong _lastPort = 1000;

    public bool CanUse(Multiaddress address) =>
        address.WithoutPeerId.Parts is [{ } only] && only.Protocol == MultiaddressProtocol.Memory;

    public async Task<IRawConnection> DialAsync(Multiaddress address, CancellationToken ct)
    {
        if (!_listeners.TryGetValue(address.Parts[0].Number, out Listener? listener))
        {
            throw new IOException($"nobody listens at {address}");
        }

        var there = new Pipe(new PipeOptions(pauseWriterThreshold: InFlight, resumeWriterThreshold: InFlight / 2, useSynchronizationContext: false));
        var back = new Pipe(new PipeOptions(pauseWriterThreshold: InFlight, resumeWriterThreshold: InFlight / 2, useSynchronizationContext: false));
        var dialler = new Connection(address.WithoutPeerId, back, there);
        var answering = new Connection(AddressOf(Interlocked.Increment(ref _lastPort)), there, back);
        try
        {
            await listener.Incoming.Writer.WriteAsync(answering, ct);
            return dialler;
        }
        catch (ChannelClosedException)
        {
            throw new IOException($"{address} has just closed");
        }
    }

    public Task<ITransportListener> ListenAsync(Multiaddress address, CancellationToken ct)
    {
        ulong port = address.Parts[0].Number;
        port = port == 0 ? Interlocked.Increment(ref _lastPort) : port;
        var listener = new Listener(this, AddressOf(port));
        return _listeners.TryAdd(port, listener)
            ? Task.FromResult<ITransportListener>(listener)
            : throw new IOException($"{address} is taken");
    }

    private static Multiaddress AddressOf(ulong port)
    {
        byte[] value = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(value, port);
        return Multiaddress.Create(new MultiaddressPart(MultiaddressProtocol.Memory, value));
    }

    private sealed class Listener(MemoryTransport network, Multiaddress address) : ITransportListener
    {
        public Channel<Connection> Incoming { get; } = Channel.CreateBounded<Connection>(512);

        public Multiaddress Address => address;

        public async Task<IRawConnection?> AcceptAsync(CancellationToken ct)
        {
            try
            {
                return await Incoming.Reader.ReadAsync(ct);
            }
            catch (ChannelClosedException)
            {
                return null;
            }
        }

        public void Dispose()
        {
            network._listeners.TryRemove(address.Parts[0].Number, out _);
            Incoming.Writer.TryComplete();
            while (Incoming.Reader.TryRead(out Connection? waiting))
            {
                waiting.Dispose();
            }
        }
    }

    private sealed class Connection(Multiaddress remote, Pipe incoming, Pipe outgoing) : IRawConnection
    {
        public Multiaddress RemoteAddress => remote;

        public async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken ct)
        {
            ReadResult result = await incoming.Reader.ReadAsync(ct);
            int length = (int)Math.Min(into.Length, result.Buffer.Length);
            int at = 0;
            foreach (ReadOnlyMemory<byte> segment in result.Buffer.Slice(0, length))
            {
                segment.CopyTo(into[at..]);
                at += segment.Length;
            }

            // Nothing is ever left "examined": a read into an empty buffer must not hide the bytes from the next one.
            incoming.Reader.AdvanceTo(result.Buffer.GetPosition(length));
            return length;
        }

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
        {
            try
            {
                FlushResult result = await outgoing.Writer.WriteAsync(data, ct);
                if (result.IsCompleted)
                {
                    throw new IOException("the other end is closed");
                }
            }
            catch (InvalidOperationException)
            {
                throw new IOException("the connection is closed");
            }
        }

        /// <summary>Ends both directions, so that a pending read on either side returns.</summary>
        public void Dispose()
        {
            outgoing.Writer.Complete();
            incoming.Writer.Complete();
        }
    }
}
