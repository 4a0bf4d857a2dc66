using CocoonP2P.Libp2p;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Libp2p.Swarm;

/// <summary>Silence at each phase ends within its deadline.</summary>
public sealed class DeadlineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryTransport _memory = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_stranger_that_falls_silent_is_cut_off(int linesSaid)
    {
        using CocoonP2P.Libp2p.Identity identity = LocalNetwork.IdentityOf(1);
        await using ILocalPeer peer = Create(identity);
        await peer.StartListenAsync([Multiaddress.Parse("/memory/1")], Ct);
        using IRawConnection stranger = await _memory.DialAsync(Multiaddress.Parse("/memory/1"), Ct);
        string[] said = ["/multistream/1.0.0", "/noise"];
        foreach (string line in said.Take(linesSaid))
        {
            await stranger.WriteAsync(Multistream.Line(line), Ct);
        }

        Task<int> ended = ReadToEndAsync(stranger);
        await AdvanceUntilAsync(ended);
        Assert.Empty(peer.Sessions);
    }

    [Fact]
    public async Task A_dial_of_a_silent_listener_names_the_phase_that_took_too_long()
    {
        using CocoonP2P.Libp2p.Identity identity = LocalNetwork.IdentityOf(1);
        await using ILocalPeer peer = Create(identity);
        using ITransportListener silent = await _memory.ListenAsync(Multiaddress.Parse("/memory/1"), Ct);

        Task<ISession> dial = peer.DialAsync(silent.Address.WithPeerId(LocalNetwork.IdentityOf(2).PeerId), Ct);
        await AdvanceUntilAsync(dial);

        Libp2pException error = await Assert.ThrowsAnyAsync<Libp2pException>(() => dial);
        Assert.Equal("phase-timeout", error.Code);
        Assert.Contains("security negotiation", error.Message);
    }

    [Fact]
    public async Task A_handler_list_that_grows_is_pushed_once_for_a_burst()
    {
        using CocoonP2P.Libp2p.Identity one = LocalNetwork.IdentityOf(1);
        using CocoonP2P.Libp2p.Identity two = LocalNetwork.IdentityOf(2);
        await using ILocalPeer server = Create(one);
        await using ILocalPeer client = Create(two);
        await server.StartListenAsync([Multiaddress.Parse("/memory/1")], Ct);
        ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);
        await Eventually.TrueAsync(() => client.PeerStore.GetProtocols(session.RemotePeer).Count > 0);

        server.Handle("/late/1", LocalNetwork.EchoAsync);
        server.Handle("/late/2", LocalNetwork.EchoAsync);
        await AdvanceUntilAsync(Eventually.TrueAsync(() => client.PeerStore.GetProtocols(session.RemotePeer).Contains("/late/2")));

        Assert.Contains("/late/1", client.PeerStore.GetProtocols(session.RemotePeer));
    }

    [Fact]
    public async Task An_idle_connection_closes_unless_it_is_protected()
    {
        using CocoonP2P.Libp2p.Identity one = LocalNetwork.IdentityOf(1);
        using CocoonP2P.Libp2p.Identity two = LocalNetwork.IdentityOf(2);
        var options = new Libp2pOptions { Limits = new Libp2pLimits { KeepAlive = TimeSpan.FromHours(1) } };
        await using ILocalPeer server = Create(one, options);
        await using ILocalPeer client = Create(two, options);
        var ended = new TaskCompletionSource<SessionEnd>();
        client.OnDisconnected += (_, end) => ended.TrySetResult(end);
        await server.StartListenAsync([Multiaddress.Parse("/memory/1")], Ct);
        ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);
        IDisposable[] protections = [client.Protect(session.RemotePeer), server.Protect(client.Identity.PeerId)];

        await Eventually.TrueAsync(() => ((Connection)session).Streams.Count == 0);
        for (int i = 0; i < 60; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Single(client.Sessions);
        Array.ForEach(protections, p => p.Dispose());
        await AdvanceUntilAsync(ended.Task);
        Assert.True((await ended.Task).Code is "idle" or "go-away");
    }

    private static async Task<int> ReadToEndAsync(IRawConnection connection)
    {
        byte[] buffer = new byte[1024];
        int read;
        do
        {
            read = await connection.ReadAsync(buffer, Ct);
        }
        while (read > 0);
        return read;
    }

    private ILocalPeer Create(CocoonP2P.Libp2p.Identity identity, Libp2pOptions? options = null) =>
        PeerFactory.InMemory(_memory, options ?? new Libp2pOptions(), _time, NullLoggerFactory.Instance).Create(identity);

    private async Task AdvanceUntilAsync(Task task) => await Eventually.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return task.IsCompleted;
    });
}
