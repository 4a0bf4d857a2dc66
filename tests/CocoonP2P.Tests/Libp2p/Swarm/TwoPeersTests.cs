using System.Security.Cryptography;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.Swarm;

public sealed class TwoPeersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("memory")]
    [InlineData("tcp")]
    public async Task Both_sides_know_each_other_and_share_the_channel_binding(string transport)
    {
        await using var network = new LocalNetwork(transport);
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2);
        var inbound = new TaskCompletionSource<ISession>();
        server.OnConnected += inbound.SetResult;

        ISession outbound = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);
        ISession accepted = await inbound.Task.WaitAsync(Ct);

        Assert.Equal(server.Identity.PeerId, outbound.RemotePeer);
        Assert.Equal(client.Identity.PeerId, accepted.RemotePeer);
        Assert.Equal(32, outbound.ChannelBinding.Length);
        Assert.Equal(outbound.ChannelBinding.ToArray(), accepted.ChannelBinding.ToArray());
    }

    [Theory]
    [InlineData("memory", 0)]
    [InlineData("memory", 1)]
    [InlineData("memory", 65_519)]
    [InlineData("memory", 65_520)]
    [InlineData("memory", 262_144)]
    [InlineData("memory", 262_145)]
    [InlineData("tcp", 5_000_000)]
    public async Task An_echo_returns_what_was_sent(string transport, int length)
    {
        await using var network = new LocalNetwork(transport);
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2);
        ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);
        byte[] sent = new byte[length];
        new Random(length).NextBytes(sent);

        await using IByteStream stream = await session.OpenStreamAsync([LocalNetwork.Echo], Ct);
        Task<byte[]> reading = ReadAllAsync(stream);
        await stream.WriteAsync(sent, Ct);
        await stream.CloseWriteAsync(Ct);

        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(await reading));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("tcp")]
    public async Task A_wrong_peer_id_is_refused_and_nobody_hears_of_it(string transport)
    {
        await using var network = new LocalNetwork(transport);
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2);
        client.OnConnected += _ => Assert.Fail("the client saw a session");
        server.OnConnected += _ => Assert.Fail("the server saw a session");
        PeerId other = LocalNetwork.IdentityOf(9).PeerId;

        PeerMismatchException error = await Assert.ThrowsAsync<PeerMismatchException>(
            () => client.DialAsync(server.ListenAddresses[0].WithPeerId(other), Ct));

        Assert.Equal(other, error.Expected);
        Assert.Equal(server.Identity.PeerId, error.Actual);
        Assert.Empty(client.Sessions);
    }

    [Fact]
    public async Task Without_early_muxers_multistream_agrees_on_one()
    {
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1, new Libp2pOptions { EarlyMuxerNegotiation = false });
        LocalPeer client = network.Create(2);

        ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);

        Assert.True(await Ping.SendAsync(session, TimeProvider.System, Ct) > TimeSpan.Zero);
    }

    [Fact]
    public async Task Identify_tells_agent_protocols_addresses_and_a_signed_record()
    {
        await using var network = new LocalNetwork("tcp");
        LocalPeer server = await network.ListenAsync(1, new Libp2pOptions { AgentVersion = "server/1" });
        LocalPeer client = network.Create(2);

        ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);
        IdentifyMessage said = await Eventually.NotNullAsync(() => client.PeerStore.GetIdentity(session.RemotePeer));

        Assert.Equal("server/1", said.AgentVersion);
        Assert.Contains(LocalNetwork.Echo, said.Protocols);
        Assert.Equal(server.ListenAddresses, said.ListenAddresses);
        Assert.Equal(server.ListenAddresses, said.Record!.Addresses);
        Assert.NotNull(said.ObservedAddress);
    }

    [Fact]
    public async Task A_protocol_nobody_serves_is_refused_and_the_session_lives_on()
    {
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2);
        ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);

        Libp2pException error = await Assert.ThrowsAsync<Libp2pException>(() => session.OpenStreamAsync(["/nobody/1"], Ct));

        Assert.Equal("protocol-unsupported", error.Code);
        await using IByteStream second = await session.OpenStreamAsync(["/nobody/1", LocalNetwork.Echo], Ct);
        Assert.Equal(LocalNetwork.Echo, second.Protocol);
    }

    [Fact]
    public async Task Disconnecting_tells_both_sides_why()
    {
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2);
        var here = new TaskCompletionSource<SessionEnd>();
        var there = new TaskCompletionSource<SessionEnd>();
        client.OnDisconnected += (_, end) => here.SetResult(end);
        server.OnDisconnected += (_, end) => there.SetResult(end);
        ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);

        await session.DisconnectAsync();

        Assert.Equal("closed-here", (await here.Task.WaitAsync(Ct)).Code);
        Assert.Equal("go-away", (await there.Task.WaitAsync(Ct)).Code);
    }

    private static async Task<byte[]> ReadAllAsync(IByteStream stream)
    {
        using var all = new MemoryStream();
        await stream.AsStream().CopyToAsync(all, Ct);
        return all.ToArray();
    }
}
