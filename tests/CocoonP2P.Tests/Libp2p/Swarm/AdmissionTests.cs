using CocoonP2P.Libp2p;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Libp2p.Swarm;

public sealed class AdmissionTests
{
    private static readonly Multiaddress Stranger = Multiaddress.Parse("/ip4/192.0.2.7/tcp/1");

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Pending_handshakes_of_one_address_are_bounded_and_loopback_is_exempt()
    {
        var admission = new InboundAdmission(new Libp2pLimits { PendingInboundPerAddress = 2 }, _time);
        IDisposable first = admission.Admit(Stranger);
        admission.Admit(Stranger);
        Assert.Equal("PendingInboundPerAddress", Assert.Throws<LimitExceededException>(() => admission.Admit(Stranger)).Setting);
        for (int i = 0; i < 20; i++)
        {
            admission.Admit(Multiaddress.Parse("/ip4/127.0.0.1/tcp/1"));
        }

        first.Dispose();
        first.Dispose();
        admission.Admit(Stranger);
        Assert.Throws<LimitExceededException>(() => admission.Admit(Stranger));
    }

    [Fact]
    public void Pending_handshakes_in_all_are_bounded_for_everybody()
    {
        var admission = new InboundAdmission(new Libp2pLimits { PendingInbound = 3 }, _time);
        for (int i = 0; i < 3; i++)
        {
            admission.Admit(Multiaddress.Parse("/memory/1"));
        }

        Assert.Equal("PendingInbound", Assert.Throws<LimitExceededException>(() => admission.Admit(Multiaddress.Parse("/memory/1"))).Setting);
    }

    [Fact]
    public void Accepts_of_one_address_are_bounded_by_the_second()
    {
        var admission = new InboundAdmission(new Libp2pLimits { AcceptsPerSecondPerAddress = 3 }, _time);
        for (int i = 0; i < 3; i++)
        {
            admission.Admit(Stranger).Dispose();
        }

        Assert.Equal("AcceptsPerSecondPerAddress", Assert.Throws<LimitExceededException>(() => admission.Admit(Stranger)).Setting);
        _time.Advance(TimeSpan.FromSeconds(1));
        admission.Admit(Stranger).Dispose();
    }

    [Fact]
    public async Task A_connection_above_the_limit_is_refused_before_any_stream()
    {
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1, new Libp2pOptions { Limits = new Libp2pLimits { Connections = 1 } });
        LocalPeer first = network.Create(2);
        LocalPeer second = network.Create(3);
        await first.DialAsync(LocalNetwork.AddressOf(server), Ct);
        await Eventually.TrueAsync(() => server.Sessions.Count == 1);
        server.OnConnected += s => Assert.Fail("a session above the limit became visible");

        ISession session = await second.DialAsync(LocalNetwork.AddressOf(server), Ct);
        await Assert.ThrowsAnyAsync<Libp2pException>(() => session.OpenStreamAsync([LocalNetwork.Echo], Ct));
        Assert.Single(server.Sessions);
    }

    [Theory]
    [InlineData(GateStage.DialPeer)]
    [InlineData(GateStage.DialAddress)]
    [InlineData(GateStage.Secured)]
    [InlineData(GateStage.Upgraded)]
    public async Task A_dial_that_the_gater_refuses_at_any_stage_reaches_nobody(GateStage stage)
    {
        var gater = new RefusingGater(stage);
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2, new Libp2pOptions { Gater = gater });
        client.OnConnected += _ => Assert.Fail("a refused session became visible");

        Libp2pException error = await Assert.ThrowsAnyAsync<Libp2pException>(() => client.DialAsync(LocalNetwork.AddressOf(server), Ct));

        Assert.Equal("gated", error.Code);
        Assert.Empty(client.Sessions);
        Assert.Equal(stage >= GateStage.Secured ? 32 : 0, gater.Refused!.ChannelBinding.Length);
    }

    [Theory]
    [InlineData(GateStage.Accept)]
    [InlineData(GateStage.Secured)]
    [InlineData(GateStage.Upgraded)]
    public async Task A_stranger_that_the_gater_refuses_reaches_no_handler(GateStage stage)
    {
        var gater = new RefusingGater(stage, throws: true);
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1, new Libp2pOptions { Gater = gater });
        LocalPeer client = network.Create(2);
        server.OnConnected += _ => Assert.Fail("a refused session became visible");

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);
            await session.OpenStreamAsync([LocalNetwork.Echo], Ct);
        });

        Assert.Equal(stage, gater.Refused!.Stage);
        Assert.Empty(server.Sessions);
    }

    [Fact]
    public async Task Inbound_streams_of_a_protocol_are_bounded()
    {
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1);
        server.Handle("/few/1", LocalNetwork.EchoAsync, new StreamLimits(Inbound: 2));
        ISession session = await network.Create(2).DialAsync(LocalNetwork.AddressOf(server), Ct);
        await session.OpenStreamAsync(["/few/1"], Ct);
        await session.OpenStreamAsync(["/few/1"], Ct);

        // The reset may overtake the answer to the proposal.
        Libp2pException error = await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            IByteStream third = await session.OpenStreamAsync(["/few/1"], Ct);
            await third.ReadAsync(new byte[1], Ct);
        });
        Assert.Equal("stream-reset", error.Code);
    }

    [Fact]
    public void The_peer_store_is_bounded_and_keeps_who_is_connected()
    {
        PeerId connected = LocalNetwork.IdentityOf(1).PeerId;
        var store = new PeerStore(new Libp2pLimits { StoredPeers = 3, AddressesPerPeer = 2 }, _time, p => p == connected);
        for (byte i = 1; i <= 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            store.Discover([.. Enumerable.Range(1, 5).Select(port => Multiaddress.Parse($"/ip4/1.2.3.4/tcp/{port}").WithPeerId(LocalNetwork.IdentityOf(i).PeerId))]);
        }

        Assert.Equal(3, Enumerable.Range(1, 10).Count(i => store.GetAddresses(LocalNetwork.IdentityOf((byte)i).PeerId).Count > 0));
        Assert.Equal(2, store.GetAddresses(connected).Count);
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.Empty(store.GetAddresses(LocalNetwork.IdentityOf(10).PeerId));
        Assert.Equal(2, store.GetAddresses(connected).Count);
    }

    private sealed class RefusingGater(GateStage stage, bool throws = false) : IConnectionGater
    {
        public GateRequest? Refused { get; private set; }

        public ValueTask<bool> AllowAsync(GateRequest request, CancellationToken ct)
        {
            if (request.Stage != stage)
            {
                return ValueTask.FromResult(true);
            }

            Refused = request;
            return throws ? throw new InvalidOperationException("the gater is broken") : ValueTask.FromResult(false);
        }
    }
}
