using CocoonP2P.Libp2p;
using Microsoft.Extensions.Logging.Abstractions;

namespace CocoonP2P.Tests.Libp2p;

/// <summary>Peers for one test, over memory or TCP on loopback; all are disposed at its end.</summary>
internal sealed class LocalNetwork(string transport, TimeProvider? time = null) : IAsyncDisposable
{
    public const string Echo = "/cocoon/echo/1.0.0";

    private readonly MemoryTransport _memory = new();
    private readonly List<(ILocalPeer Peer, Identity Identity)> _peers = [];

    public static Multiaddress Anywhere(string transport) =>
        Multiaddress.Parse(transport == "memory" ? "/memory/0" : "/ip4/127.0.0.1/tcp/0");

    public static Identity IdentityOf(byte number)
    {
        byte[] seed = new byte[32];
        seed[31] = number;
        return Identity.FromSeed(seed);
    }

    public LocalPeer Create(byte number, Libp2pOptions? options = null)
    {
        Identity identity = IdentityOf(number);
        options ??= new Libp2pOptions();
        PeerFactory factory = transport == "memory"
            ? PeerFactory.InMemory(_memory, options, time ?? TimeProvider.System, NullLoggerFactory.Instance)
            : new PeerFactory(options, time ?? TimeProvider.System, NullLoggerFactory.Instance);
        var peer = (LocalPeer)factory.Create(identity);
        _peers.Add((peer, identity));
        peer.Handle(Echo, EchoAsync);
        return peer;
    }

    public async Task<LocalPeer> ListenAsync(byte number, Libp2pOptions? options = null)
    {
        LocalPeer peer = Create(number, options);
        await peer.StartListenAsync([Anywhere(transport)]);
        return peer;
    }

    public static Multiaddress AddressOf(ILocalPeer peer) => peer.ListenAddresses[0].WithPeerId(peer.Identity.PeerId);

    public async ValueTask DisposeAsync()
    {
        foreach ((ILocalPeer peer, Identity identity) in _peers)
        {
            await peer.DisposeAsync();
            identity.Dispose();
        }
    }

    public static async Task EchoAsync(ISession session, IByteStream stream, CancellationToken ct)
    {
        byte[] buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }
}
