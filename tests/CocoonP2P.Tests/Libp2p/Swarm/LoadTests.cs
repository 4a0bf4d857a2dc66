using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.Swarm;

public sealed class LoadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_streams_one_after_the_other_leave_none_open()
    {
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1);
        ISession session = await network.Create(2).DialAsync(LocalNetwork.AddressOf(server), Ct);
        byte[] one = [7];
        for (int i = 0; i < 10_000; i++)
        {
            await using IByteStream stream = await session.OpenStreamAsync([LocalNetwork.Echo], Ct);
            await stream.WriteAsync(one, Ct);
            await stream.CloseWriteAsync(Ct);
            Assert.Equal(1, await stream.ReadAsync(one, Ct));
            Assert.Equal(0, await stream.ReadAsync(one, Ct));
        }

        await Eventually.TrueAsync(() => ((Connection)session).Streams.Count == 0 && ((Connection)server.Sessions[0]).Streams.Count == 0);
    }

    [Fact]
    public async Task Many_streams_at_once_each_get_their_own_bytes()
    {
        var wide = new StreamLimits(Inbound: 256, Outbound: 256);
        await using var network = new LocalNetwork("tcp");
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2);
        server.Handle("/wide/1", LocalNetwork.EchoAsync, wide);
        client.Handle("/wide/1", LocalNetwork.EchoAsync, wide);
        ISession session = await client.DialAsync(LocalNetwork.AddressOf(server), Ct);

        await Task.WhenAll(Enumerable.Range(0, 250).Select(async i =>
        {
            byte[] sent = new byte[20_000];
            Array.Fill(sent, (byte)i);
            await using IByteStream stream = await session.OpenStreamAsync(["/wide/1"], Ct);
            Task writing = WriteAsync(stream, sent);
            byte[] back = new byte[sent.Length];
            await stream.AsStream().ReadExactlyAsync(back, Ct);
            await writing;
            Assert.Equal(sent, back);
        }));
    }

    [Fact]
    public async Task Two_peers_that_dial_each_other_at_once_keep_one_connection_in_the_end()
    {
        var limits = new Libp2pLimits { DuplicateGrace = TimeSpan.Zero };
        await using var network = new LocalNetwork("memory");
        LocalPeer one = await network.ListenAsync(1, new Libp2pOptions { Limits = limits });
        LocalPeer two = await network.ListenAsync(2, new Libp2pOptions { Limits = limits });

        ISession[] sessions = await Task.WhenAll(
            one.DialAsync(LocalNetwork.AddressOf(two), Ct), two.DialAsync(LocalNetwork.AddressOf(one), Ct));

        Assert.Equal(two.Identity.PeerId, sessions[0].RemotePeer);
        await Eventually.TrueAsync(() => one.Sessions is [var here] && two.Sessions is [var there]
            && here.ChannelBinding.Span.SequenceEqual(there.ChannelBinding.Span));
        await using IByteStream stream = await one.FindSession(two.Identity.PeerId)!.OpenStreamAsync([LocalNetwork.Echo], Ct);
    }

    [Fact]
    public async Task Callers_that_dial_one_peer_at_once_share_one_connection()
    {
        await using var network = new LocalNetwork("memory");
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2);

        ISession[] sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.DialAsync(LocalNetwork.AddressOf(server), Ct)));

        Assert.Single(sessions.Distinct());
    }

    [Fact]
    public async Task A_dead_address_does_not_hold_up_a_live_one()
    {
        await using var network = new LocalNetwork("tcp");
        LocalPeer server = await network.ListenAsync(1);
        LocalPeer client = network.Create(2);
        Multiaddress dead = Multiaddress.Parse("/ip4/127.0.0.1/tcp/1").WithPeerId(server.Identity.PeerId);

        ISession session = await client.DialAsync([dead, LocalNetwork.AddressOf(server)], Ct);
        Assert.Equal(server.ListenAddresses[0], session.RemoteAddress);

        await session.DisconnectAsync();
        DialException error = await Assert.ThrowsAsync<DialException>(() => client.DialAsync([dead], Ct));
        Assert.Equal(dead, Assert.Single(error.Outcomes).Address);
    }

    private static async Task WriteAsync(IByteStream stream, byte[] bytes)
    {
        await stream.WriteAsync(bytes, Ct);
        await stream.CloseWriteAsync(Ct);
    }
}
