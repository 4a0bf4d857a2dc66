using CocoonP2P.Libp2p;
using Microsoft.Extensions.Logging.Abstractions;

namespace CocoonP2P.Tests.Libp2p.Swarm;

/// <summary>Garbage at every layer costs its sender the connection, and nobody else anything.</summary>
public sealed class HostileStrangerTests
{
    private static readonly Multiaddress Door = Multiaddress.Parse("/memory/1");

    private readonly MemoryTransport _memory = new();
    private readonly Random _random = new(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Garbage_instead_of_any_phase_ends_the_connection_and_others_are_served()
    {
        using CocoonP2P.Libp2p.Identity own = LocalNetwork.IdentityOf(1);
        using CocoonP2P.Libp2p.Identity other = LocalNetwork.IdentityOf(2);
        await using ILocalPeer server = Create(own);
        await using ILocalPeer honest = Create(other);
        server.Handle(LocalNetwork.Echo, LocalNetwork.EchoAsync);
        await server.StartListenAsync([Door], Ct);
        ISession session = await honest.DialAsync(LocalNetwork.AddressOf(server), Ct);
        byte[] hello = Multistream.Line("/multistream/1.0.0");
        byte[] noise = [.. hello, .. Multistream.Line("/noise")];
        for (int i = 0; i < 30; i++)
        {
            await SayAsync(Garbage());
            await SayAsync([.. hello, .. Garbage()]);
            await SayAsync([.. noise, 0, 200, .. Garbage()[..200], 255, 255]);
            await SayAsync([.. noise, 0, 32, .. new byte[32]]);
            await SayAsync([.. noise, 255, 255]);
        }

        for (int i = 0; i < 10; i++)
        {
            await SaySecurelyAsync(Garbage());
        }

        await Eventually.TrueAsync(() => server.Sessions.Count == 1);
        await using IByteStream stream = await session.OpenStreamAsync([LocalNetwork.Echo], Ct);
        await stream.WriteAsync("still here"u8.ToArray(), Ct);
        byte[] back = new byte[10];
        await stream.AsStream().ReadExactlyAsync(back, Ct);
        Assert.Equal("still here"u8.ToArray(), back);
    }

    private ILocalPeer Create(CocoonP2P.Libp2p.Identity identity) =>
        PeerFactory.InMemory(_memory, new Libp2pOptions(), TimeProvider.System, NullLoggerFactory.Instance).Create(identity);

    /// <summary>The first byte has bits that no length of a line and no version of yamux has.</summary>
    private byte[] Garbage()
    {
        byte[] bytes = new byte[300];
        _random.NextBytes(bytes);
        (bytes[0], bytes[1]) = (0xff, 0xff);
        return bytes;
    }

    /// <summary>Says it and waits until the other side has hung up.</summary>
    private async Task SayAsync(byte[] bytes)
    {
        using IRawConnection raw = await _memory.DialAsync(Door, Ct);
        await raw.WriteAsync(bytes, Ct);
        await DrainAsync(raw);
    }

    private async Task SaySecurelyAsync(byte[] bytes)
    {
        using CocoonP2P.Libp2p.Identity stranger = CocoonP2P.Libp2p.Identity.Create();
        var upgrader = new Upgrader(stranger, new Libp2pOptions(), TimeProvider.System);
        using SecuredConnection secured = await upgrader.UpgradeAsync(await _memory.DialAsync(Door, Ct), Direction.Outbound, null, Ct);
        await secured.Channel.WriteAsync(bytes, Ct);
        await DrainAsync(secured.Raw);
    }

    private static async Task DrainAsync(IRawConnection raw)
    {
        byte[] buffer = new byte[4096];
        while (await raw.ReadAsync(buffer, Ct) > 0)
        {
            // What it said before it hung up.
        }
    }
}
