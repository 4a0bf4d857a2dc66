using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CocoonP2P.Libp2p;
using CocoonP2P.Tests.Libp2p;

namespace CocoonP2P.Tests.Interop;

public sealed class JsStreamTests
{
    private static readonly string[] Proposals = ["/nobody/1", LocalNetwork.Echo];
    private static readonly int[] Lengths = [0, 1, 65_519, 65_520, 262_144, 262_145, 5_000_000];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_echo_of_every_length_comes_back_from_js()
    {
        await using PeerProcess js = await PeerProcess.JsAsync();
        await using var network = new LocalNetwork("tcp");
        ISession session = await network.Create(1).DialAsync(js.Address, Ct);

        foreach (int length in Lengths)
        {
            Assert.True(await EchoAsync(session, length), $"{length} bytes");
        }

        bool[] sixteen = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => EchoAsync(session, 100_000 + i)));
        Assert.All(sixteen, Assert.True);
    }

    [Fact]
    public async Task An_echo_of_every_length_comes_back_to_js()
    {
        await using PeerProcess js = await PeerProcess.JsAsync();
        await using var network = new LocalNetwork("tcp");
        LocalPeer here = await network.ListenAsync(1);

        foreach (int length in Lengths)
        {
            JsonNode result = await js.RunAsync("echo", new { addr = LocalNetwork.AddressOf(here).ToString(), bytes = length });
            Assert.Equal(length, result["bytes"]!.GetValue<int>());
            Assert.True(result["equal"]!.GetValue<bool>(), $"{length} bytes");
        }
    }

    [Fact]
    public async Task Js_sees_our_half_close_and_can_still_answer()
    {
        await using PeerProcess js = await PeerProcess.JsAsync();
        await using var network = new LocalNetwork("tcp");
        ISession session = await network.Create(1).DialAsync(js.Address, Ct);
        await js.RunAsync("handle", new { protocol = "/half/1" });

        await using IByteStream stream = await session.OpenStreamAsync(["/half/1"], Ct);
        await stream.WriteAsync("question"u8.ToArray(), Ct);
        await stream.CloseWriteAsync(Ct);
        int id = (await js.EventAsync("stream:open"))["stream"]!.GetValue<int>();
        await js.EventAsync("stream:end");
        await js.RunAsync("write", new { stream = id, data = "answer" });
        await js.RunAsync("closeWrite", new { stream = id });

        Assert.Equal("answer", await new StreamReader(stream.AsStream(), Encoding.UTF8).ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task A_reset_arrives_on_either_side()
    {
        await using PeerProcess js = await PeerProcess.JsAsync();
        await using var network = new LocalNetwork("tcp");
        ISession session = await network.Create(1).DialAsync(js.Address, Ct);
        await js.RunAsync("handle", new { protocol = "/reset/1" });

        IByteStream first = await session.OpenStreamAsync(["/reset/1"], Ct);
        int id = (await js.EventAsync("stream:open"))["stream"]!.GetValue<int>();
        first.Reset();
        await js.EventAsync("stream:error", e => e["stream"]!.GetValue<int>() == id);

        IByteStream second = await session.OpenStreamAsync(["/reset/1"], Ct);
        id = (await js.EventAsync("stream:open", e => e["stream"]!.GetValue<int>() != id))["stream"]!.GetValue<int>();
        await js.RunAsync("reset", new { stream = id });
        Libp2pException error = await Assert.ThrowsAsync<Libp2pException>(async () => await second.ReadAsync(new byte[1], Ct));
        Assert.Equal("stream-reset", error.Code);
    }

    [Fact]
    public async Task An_unsupported_protocol_is_refused_and_the_second_proposal_taken()
    {
        await using PeerProcess js = await PeerProcess.JsAsync();
        await using var network = new LocalNetwork("tcp");
        LocalPeer here = await network.ListenAsync(1);
        ISession session = await here.DialAsync(js.Address, Ct);

        Libp2pException error = await Assert.ThrowsAsync<Libp2pException>(() => session.OpenStreamAsync(["/nobody/1"], Ct));
        Assert.Equal("protocol-unsupported", error.Code);
        await using IByteStream second = await session.OpenStreamAsync(Proposals, Ct);
        Assert.Equal(LocalNetwork.Echo, second.Protocol);

        string peer = here.Identity.PeerId.ToString();
        await Assert.ThrowsAsync<PeerProcessException>(() => js.RunAsync("open", new { peer, protocol = "/nobody/1" }));
        JsonNode opened = await js.RunAsync("open", new { peer, protocols = Proposals });
        Assert.Equal(LocalNetwork.Echo, opened["protocol"]!.GetValue<string>());
    }

    private static async Task<bool> EchoAsync(ISession session, int length)
    {
        byte[] sent = new byte[length];
        new Random(length).NextBytes(sent);
        await using IByteStream stream = await session.OpenStreamAsync([LocalNetwork.Echo], Ct);
        using var back = new MemoryStream();
        Task reading = stream.AsStream().CopyToAsync(back, Ct);
        await stream.WriteAsync(sent, Ct);
        await stream.CloseWriteAsync(Ct);
        await reading;
        return SHA256.HashData(sent).AsSpan().SequenceEqual(SHA256.HashData(back.ToArray()));
    }
}
