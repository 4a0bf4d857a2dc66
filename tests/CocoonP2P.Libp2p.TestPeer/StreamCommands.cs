using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CocoonP2P.Libp2p.TestPeer;

/// <summary>Echo, and raw streams to open, write, close and reset one step at a time.</summary>
internal sealed class StreamCommands
{
    private const string EchoProtocol = "/cocoon/echo/1.0.0";
    private const int Chunk = 64 * 1024;

    private readonly ILocalPeer _peer;
    private readonly Output _output;
    private readonly ConcurrentDictionary<int, (IByteStream Stream, Task Reading)> _streams = new();
    private readonly ConcurrentDictionary<string, IDisposable> _handlers = new(StringComparer.Ordinal);
    private int _last;

    public StreamCommands(ILocalPeer peer, Output output)
    {
        (_peer, _output) = (peer, output);
        peer.Handle(EchoProtocol, EchoBackAsync, new StreamLimits(512, 512));
    }

    public void AddTo(Dictionary<string, Func<JsonNode, CancellationToken, Task<JsonNode>>> table)
    {
        table["echo"] = EchoAsync;
        table["open"] = async (c, ct) => Keep(await (await ConnectionCommands.SessionAsync(_peer, c, ct)).OpenStreamAsync(Protocols(c), ct)).Description;
        table["write"] = async (c, ct) => await DoneAsync(Stream(c).WriteAsync(Bytes(c), ct));
        table["closeWrite"] = async (c, ct) => await DoneAsync(Stream(c).CloseWriteAsync(ct));
        table["reset"] = (c, _) =>
        {
            Stream(c).Reset();
            return Task.FromResult<JsonNode>(new JsonObject());
        };
        table["handle"] = (c, _) =>
        {
            string protocol = c["protocol"]!.GetValue<string>();
            _handlers[protocol] = _peer.Handle(protocol, KeepInboundAsync);
            return Task.FromResult<JsonNode>(new JsonObject());
        };
        table["unhandle"] = (c, _) =>
        {
            _handlers.GetValueOrDefault(c["protocol"]!.GetValue<string>())?.Dispose();
            return Task.FromResult<JsonNode>(new JsonObject());
        };
    }

    private static string[] Protocols(JsonNode command) =>
        command["protocols"] is JsonArray several ? [.. several.Select(p => p!.GetValue<string>())] : [command["protocol"]!.GetValue<string>()];

    private static byte[] Bytes(JsonNode command) => command["dataB64"] is { } base64
        ? Convert.FromBase64String(base64.GetValue<string>())
        : Encoding.UTF8.GetBytes(command["data"]!.GetValue<string>());

    private static async Task<JsonNode> DoneAsync(ValueTask work)
    {
        await work;
        return new JsonObject();
    }

    private static async Task EchoBackAsync(ISession session, IByteStream stream, CancellationToken ct)
    {
        byte[] buffer = new byte[Chunk];
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    private async Task<JsonNode> EchoAsync(JsonNode command, CancellationToken ct)
    {
        ISession session = await ConnectionCommands.SessionAsync(_peer, command, ct);
        byte[] sent = RandomNumberGenerator.GetBytes(command["bytes"]!.GetValue<int>());
        await using IByteStream stream = await session.OpenStreamAsync([command["protocol"]?.GetValue<string>() ?? EchoProtocol], ct);
        using var back = new MemoryStream();
        Task reading = stream.AsStream().CopyToAsync(back, ct);
        await stream.WriteAsync(sent, ct);
        await stream.CloseWriteAsync(ct);
        await reading;
        return new JsonObject { ["bytes"] = back.Length, ["equal"] = sent.AsSpan().SequenceEqual(back.ToArray()) };
    }

    private IByteStream Stream(JsonNode command) => _streams[command["stream"]!.GetValue<int>()].Stream;

    private async Task KeepInboundAsync(ISession session, IByteStream stream, CancellationToken ct)
    {
        // The description goes out before the first byte does.
        (_, Task reading) = Keep(stream, d => _output.Event("stream:open", d));
        await reading;

        // The other half is the command's to close.
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
    }

    private (JsonObject Description, Task Reading) Keep(IByteStream stream, Action<JsonObject>? announce = null)
    {
        int id = Interlocked.Increment(ref _last);
        var description = new JsonObject { ["stream"] = id, ["protocol"] = stream.Protocol };
        announce?.Invoke(description);
        Task reading = ReadAsync(id, stream);
        _streams[id] = (stream, reading);
        return (description, reading);
    }

    private async Task ReadAsync(int id, IByteStream stream)
    {
        byte[] buffer = new byte[Chunk];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            {
                _output.Event("stream:data", new JsonObject { ["stream"] = id, ["dataB64"] = Convert.ToBase64String(buffer, 0, read) });
            }

            _output.Event("stream:end", new JsonObject { ["stream"] = id });
        }
        catch (Libp2pException e)
        {
            _output.Event("stream:error", new JsonObject { ["stream"] = id, ["error"] = e.Message, ["name"] = e.Code });
        }
    }
}
