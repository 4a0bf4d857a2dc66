using System.Collections.Concurrent;
using CocoonP2P.Libp2p;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Peers;

/// <summary>Binds the engine's ports to CocoonP2P.Libp2p.</summary>
internal sealed class Libp2pNetwork : IPeerNetwork
{
    /// <summary>Below this many peers the bootstrap list is dialled.</summary>
    private const int EnoughPeers = 4;

    private readonly Identity _identity;
    private readonly ILocalPeer _peer;
    private readonly PubsubRouter _gossip;
    private readonly IReadOnlyList<Multiaddress> _bootstrap;
    private readonly Func<Bootstrap> _startBootstrap;
    private readonly ConcurrentBag<IDisposable> _handlers = [];
    private readonly ConcurrentBag<(ITopic Topic, Task Subscribing)> _topics = [];
    private IAsyncDisposable? _redial;

    /// <param name="identitySeed">32 bytes.</param>
    /// <param name="listen">Multiaddrs to listen on; empty for none.</param>
    /// <param name="bootstrap">Multiaddrs with peer ids.</param>
    /// <param name="time">For every timer of the library.</param>
    /// <param name="random">Chooses neighbours and jitter.</param>
    /// <param name="loggers">Where it logs.</param>
    public Libp2pNetwork(
        byte[] identitySeed, IReadOnlyList<string> listen, IReadOnlyList<string> bootstrap, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        _identity = Identity.FromSeed(identitySeed);
        Libp2pOptions options = new() { ListenAddresses = [.. listen.Select(Multiaddress.Parse)], AgentVersion = "cocoon" };
        _peer = new PeerFactory(options, time, loggers).Create(_identity);
        _gossip = new PubsubRouter(_peer, new PubsubSettings(), time, new Random(random.Next()), loggers);
        _bootstrap = [.. bootstrap.Select(Multiaddress.Parse).Where(a => a.PeerId != _identity.PeerId)];
        Random jitter = new(random.Next());
        _startBootstrap = () => new Bootstrap(_peer, _bootstrap, EnoughPeers, time, jitter, loggers);
    }

    public byte[] PeerId => _identity.PeerId.ToBytes();

    public IReadOnlyList<string> ListenAddresses => [.. _peer.ListenAddresses.Select(a => a.ToString())];

    public IReadOnlyList<PeerSummary> Connected =>
        [.. _peer.Sessions.Select(s => new PeerSummary(s.RemotePeer.ToString(), s.RemoteAddress.ToString(), s.Direction == Direction.Inbound))];

    public byte[] Sign(ReadOnlySpan<byte> message) => _identity.Sign(message);

    public void Handle(string protocol, Func<IPeerSession, IPeerStream, CancellationToken, Task> handler) =>
        _handlers.Add(_peer.Handle(protocol, (session, stream, ct) => handler(new Session(session), new ByteStream(stream), ct)));

    public IGossipTopic Join(string topic, GossipValidator validate)
    {
        ITopic joined = _gossip.GetTopic(topic);
        joined.Validator = (message, _) => ValueTask.FromResult(validate(message.From.ToBytes(), message.Data) switch
        {
            GossipVerdict.Accept => MessageVerdict.Accept,
            GossipVerdict.Ignore => MessageVerdict.Ignore,
            _ => MessageVerdict.Reject,
        });
        _topics.Add((joined, joined.SubscribeAsync()));
        return new GossipTopic(joined);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_topics.Select(t => t.Subscribing));
        await _peer.StartListenAsync(ct: cancellationToken);
        _redial = _startBootstrap();
    }

    public async Task<IPeerSession> ConnectAsync(byte[] peerId, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        if (!Libp2p.PeerId.TryFromBytes(peerId, out PeerId peer))
        {
            throw new PeerUnreachableException("not a peer id", new FormatException());
        }

        List<Multiaddress> known = [];
        foreach (string text in addresses)
        {
            if (Multiaddress.TryParse(text, out Multiaddress? address))
            {
                known.Add(address.WithoutPeerId.WithPeerId(peer));
            }
        }

        try
        {
            return new Session(known.Count > 0
                ? await _peer.DialAsync(known, cancellationToken)
                : await _peer.DialAsync(peer, cancellationToken));
        }
        catch (Libp2pException e)
        {
            throw new PeerUnreachableException($"{peer}: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_redial is not null)
        {
            await _redial.DisposeAsync();
        }

        await _gossip.DisposeAsync();
        foreach (IDisposable handler in _handlers)
        {
            handler.Dispose();
        }

        await _peer.DisposeAsync();
        _identity.Dispose();
    }

    private sealed class Session(ISession session) : IPeerSession
    {
        public byte[] RemotePeer => session.RemotePeer.ToBytes();

        public byte[] ChannelBinding => session.ChannelBinding.ToArray();

        public async Task<IPeerStream> OpenStreamAsync(string protocol, CancellationToken cancellationToken) =>
            new ByteStream(await session.OpenStreamAsync([protocol], cancellationToken));
    }

    /// <summary>A broken stream is an <see cref="IOException"/> to the engine, whatever the library calls it.</summary>
    private sealed class ByteStream(IByteStream stream) : IPeerStream
    {
        public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            try
            {
                return await stream.ReadAsync(buffer, cancellationToken);
            }
            catch (Libp2pException e)
            {
                throw new IOException(e.Message, e);
            }
        }

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            try
            {
                await stream.WriteAsync(bytes, cancellationToken);
            }
            catch (Libp2pException e)
            {
                throw new IOException(e.Message, e);
            }
        }

        public async ValueTask CloseWriteAsync(CancellationToken cancellationToken)
        {
            try
            {
                await stream.CloseWriteAsync(cancellationToken);
            }
            catch (Libp2pException e)
            {
                throw new IOException(e.Message, e);
            }
        }

        public void Reset() => stream.Reset();
    }

    private sealed class GossipTopic(ITopic topic) : IGossipTopic
    {
        public async ValueTask PublishAsync(byte[] data, CancellationToken cancellationToken) =>
            await topic.PublishAsync(data, cancellationToken);
    }
}
