using System.Text.Json.Nodes;

namespace CocoonP2P.Libp2p.TestPeer;

/// <summary>Dialling, and what is known of the other side.</summary>
internal sealed class ConnectionCommands(ILocalPeer peer)
{
    public void AddTo(Dictionary<string, Func<JsonNode, CancellationToken, Task<JsonNode>>> table)
    {
        table["dial"] = DialAsync;
        table["hangup"] = HangUpAsync;
        table["ping"] = PingAsync;
        table["identify"] = IdentifyAsync;
    }

    /// <summary>The session that a command names, by <c>addr</c> or <c>peer</c>.</summary>
    public static Task<ISession> SessionAsync(ILocalPeer peer, JsonNode command, CancellationToken ct) =>
        command["addr"] is { } address
            ? peer.DialAsync(Multiaddress.Parse(address.GetValue<string>()), ct)
            : peer.DialAsync(PeerId.Parse(command["peer"]!.GetValue<string>()), ct);

    private async Task<JsonNode> DialAsync(JsonNode command, CancellationToken ct)
    {
        long start = TimeProvider.System.GetTimestamp();
        ISession session = await SessionAsync(peer, command, ct);
        return new JsonObject
        {
            ["peer"] = session.RemotePeer.ToString(),
            ["addr"] = session.RemoteAddress.ToString(),
            ["direction"] = session.Direction == Direction.Inbound ? "inbound" : "outbound",
            ["encryption"] = NoiseChannel.ProtocolId,
            ["multiplexer"] = YamuxFrame.ProtocolId,
            ["limited"] = session.IsRelayed,
            ["ms"] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds,
        };
    }

    private async Task<JsonNode> HangUpAsync(JsonNode command, CancellationToken ct)
    {
        await (peer.FindSession(PeerId.Parse(command["peer"]!.GetValue<string>()))?.DisconnectAsync() ?? Task.CompletedTask);
        return new JsonObject();
    }

    private async Task<JsonNode> PingAsync(JsonNode command, CancellationToken ct)
    {
        ISession session = await SessionAsync(peer, command, ct);
        int count = command["count"]?.GetValue<int>() ?? 1;
        double[] times = new double[count];
        for (int i = 0; i < count; i++)
        {
            times[i] = (await Ping.SendAsync(session, TimeProvider.System, ct)).TotalMilliseconds;
        }

        Array.Sort(times);
        return new JsonObject { ["count"] = count, ["medianMs"] = times[count / 2], ["minMs"] = times[0], ["maxMs"] = times[^1] };
    }

    private async Task<JsonNode> IdentifyAsync(JsonNode command, CancellationToken ct)
    {
        ISession session = await SessionAsync(peer, command, ct);
        IdentifyMessage? said;
        while ((said = peer.PeerStore.GetIdentity(session.RemotePeer)) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
        }

        return new JsonObject
        {
            ["peer"] = session.RemotePeer.ToString(),
            ["protocolVersion"] = said.ProtocolVersion,
            ["agentVersion"] = said.AgentVersion,
            ["listenAddrs"] = Texts(said.ListenAddresses),
            ["observedAddr"] = said.ObservedAddress?.ToString(),
            ["protocols"] = Texts(said.Protocols),
            ["signedPeerRecord"] = said.Record is null
                ? null
                : new JsonObject { ["seq"] = said.Record.Sequence.ToString(null, null), ["addrs"] = Texts(said.Record.Addresses) },
        };
    }

    private static JsonArray Texts<T>(IEnumerable<T> values) => [.. values.Select(v => (JsonNode)v!.ToString()!)];
}
