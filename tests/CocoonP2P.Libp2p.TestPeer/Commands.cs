using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CocoonP2P.Libp2p.TestPeer;

/// <summary>Reads commands and answers them, in whatever order they finish.</summary>
internal sealed class Commands : IDisposable
{
    private const int DefaultTimeoutMs = 10_000;

    private readonly ILocalPeer _peer;
    private readonly Output _output;
    private readonly Dictionary<string, Func<JsonNode, CancellationToken, Task<JsonNode>>> _table;
    private readonly ConcurrentDictionary<int, Task> _running = new();
    private readonly CancellationTokenSource _close = new();

    public Commands(ILocalPeer peer, PubsubRouter pubsub, Output output)
    {
        (_peer, _output) = (peer, output);
        _table = new(StringComparer.Ordinal)
        {
            ["info"] = (_, _) => Task.FromResult<JsonNode>(Info()),
            ["connections"] = (_, _) => Task.FromResult<JsonNode>(new JsonObject { ["count"] = peer.Sessions.Count }),
            ["close"] = async (_, _) =>
            {
                await _close.CancelAsync();
                return new JsonObject();
            },
        };
        new ConnectionCommands(peer).AddTo(_table);
        new StreamCommands(peer, output).AddTo(_table);
        new GossipCommands(pubsub, output).AddTo(_table);
    }

    public JsonObject Info() => new()
    {
        ["peer"] = _peer.Identity.PeerId.ToString(),
        ["addrs"] = new JsonArray([.. _peer.ListenAddresses.Select(a => (JsonNode)a.WithPeerId(_peer.Identity.PeerId).ToString())]),
    };

    /// <summary>Until <c>close</c>, the end of the input, or the token.</summary>
    public async Task RunAsync(TextReader input, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _close.Token);
        try
        {
            for (int number = 0; await input.ReadLineAsync(either.Token) is { } line; number++)
            {
                int key = number;
                JsonNode command = JsonNode.Parse(line)!;
                _running[key] = Task.Run(
                    async () =>
                    {
                        await AnswerAsync(command);
                        _running.TryRemove(key, out _);
                    },
                    CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to close.
        }

        await Task.WhenAll(_running.Values);
    }

    public void Dispose() => _close.Dispose();

    private async Task AnswerAsync(JsonNode command)
    {
        try
        {
            string name = command["cmd"]!.GetValue<string>();
            if (!_table.TryGetValue(name, out Func<JsonNode, CancellationToken, Task<JsonNode>>? action))
            {
                throw new ArgumentException($"unknown command {name}");
            }

            using var timeout = new CancellationTokenSource(command["timeoutMs"]?.GetValue<int>() ?? DefaultTimeoutMs);
            _output.Answer(command["id"], await action(command, timeout.Token));
        }
        catch (Exception e)
        {
            _output.Error(command["id"], e);
        }
    }
}
