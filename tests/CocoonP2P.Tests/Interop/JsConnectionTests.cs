using System.Text.Json.Nodes;
using CocoonP2P.Libp2p;
using CocoonP2P.Tests.Libp2p;

namespace CocoonP2P.Tests.Interop;

public sealed class JsConnectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Either_side_dials_with_and_without_early_muxers(bool jsEarly, bool ownEarly)
    {
        await using PeerProcess js = await PeerProcess.JsAsync(jsEarly ? [] : ["--no-early"]);
        await using var network = new LocalNetwork("tcp");
        LocalPeer here = await network.ListenAsync(1, new Libp2pOptions { EarlyMuxerNegotiation = ownEarly });

        ISession session = await here.DialAsync(js.Address, Ct);
        Assert.Equal(js.PeerId, session.RemotePeer);
        Assert.True(await Ping.SendAsync(session, TimeProvider.System, Ct) > TimeSpan.Zero);
        await session.DisconnectAsync();

        JsonNode dialled = await js.RunAsync("dial", new { addr = LocalNetwork.AddressOf(here).ToString() });
        Assert.Equal(here.Identity.PeerId.ToString(), dialled["peer"]!.GetValue<string>());
        Assert.Equal("/noise", dialled["encryption"]!.GetValue<string>());
        Assert.Equal("/yamux/1.0.0", dialled["multiplexer"]!.GetValue<string>());
        JsonNode ping = await js.RunAsync("ping", new { peer = here.Identity.PeerId.ToString(), count = 5 });
        Assert.Equal(5, ping["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_wrong_peer_id_is_refused_in_both_directions()
    {
        await using PeerProcess js = await PeerProcess.JsAsync();
        await using var network = new LocalNetwork("tcp");
        LocalPeer here = await network.ListenAsync(1);
        here.OnConnected += _ => Assert.Fail("a session became visible");
        PeerId other = LocalNetwork.IdentityOf(9).PeerId;

        PeerMismatchException error = await Assert.ThrowsAsync<PeerMismatchException>(() => here.DialAsync(js.Address.WithPeerId(other), Ct));
        Assert.Equal(js.PeerId, error.Actual);

        await Assert.ThrowsAsync<PeerProcessException>(
            () => js.RunAsync("dial", new { addr = here.ListenAddresses[0].WithPeerId(other).ToString() }));
        Assert.Empty(here.Sessions);
    }

    [Fact]
    public async Task Both_sides_identify_each_other()
    {
        await using PeerProcess js = await PeerProcess.JsAsync();
        await using var network = new LocalNetwork("tcp");
        LocalPeer here = await network.ListenAsync(1, new Libp2pOptions { AgentVersion = "here/1", ProtocolVersion = "test/1" });

        await here.DialAsync(js.Address, Ct);
        IdentifyMessage said = await Eventually.NotNullAsync(() => here.PeerStore.GetIdentity(js.PeerId));
        Assert.Contains("js-test-peer/1", said.AgentVersion);
        Assert.Contains(LocalNetwork.Echo, said.Protocols);
        Assert.Contains(js.Address.WithoutPeerId, said.Record!.Addresses.Select(a => a.WithoutPeerId));

        JsonNode heard = await js.RunAsync("identify", new { peer = here.Identity.PeerId.ToString() });
        Assert.Equal("here/1", heard["agentVersion"]!.GetValue<string>());
        Assert.Equal("test/1", heard["protocolVersion"]!.GetValue<string>());
        Assert.Contains(LocalNetwork.Echo, heard["protocols"]!.AsArray().Select(p => p!.GetValue<string>()));
        Assert.Equal(here.ListenAddresses[0].ToString(), heard["signedPeerRecord"]!["addrs"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_new_handler_is_pushed()
    {
        await using PeerProcess js = await PeerProcess.JsAsync();
        await using var network = new LocalNetwork("tcp");
        LocalPeer here = await network.ListenAsync(1);
        await here.DialAsync(js.Address, Ct);
        await Eventually.NotNullAsync(() => here.PeerStore.GetIdentity(js.PeerId));

        using IDisposable served = here.Handle("/later/1.0.0", LocalNetwork.EchoAsync);

        await Eventually.TrueAsync(async () => (await js.RunAsync("protocols", new { peer = here.Identity.PeerId.ToString() }))["protocols"]!
            .AsArray().Any(p => p!.GetValue<string>() == "/later/1.0.0"));
    }
}
