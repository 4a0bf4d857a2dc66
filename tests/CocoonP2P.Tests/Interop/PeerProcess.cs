using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Interop;

/// <summary>A peer in a process of its own, written with js-libp2p or with this library, driven over stdin and stdout (docs/protocol/test-peer.md).</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _commands = new();
    private readonly Task _reading;
    private int _lastCommand;

    private PeerProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public ConcurrentQueue<JsonNode> Events { get; } = new();

    /// <summary>Where it listens, its peer id at the end.</summary>
    public Multiaddress Address { get; private set; } = null!;

    public PeerId PeerId => Address.PeerId!.Value;

    public static Task<PeerProcess> JsAsync(params string[] arguments) => StartAsync(InteropFolder(), "node", ["peer.mjs", .. arguments]);

    public static Task<PeerProcess> CsAsync(params string[] arguments)
    {
        // The same configuration as this assembly's own.
        string folder = Repository.File($"artifacts/bin/CocoonP2P.Libp2p.TestPeer/{new DirectoryInfo(AppContext.BaseDirectory).Name}");
        return StartAsync(folder, "dotnet", ["CocoonP2P.Libp2p.TestPeer.dll", .. arguments]);
    }

    /// <summary>SIGKILL: no goodbye to anybody.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<PeerProcess> StartAsync(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        process.BeginErrorReadLine();
        var peer = new PeerProcess(process);
        JsonNode ready = await peer.EventAsync("ready");
        peer.Address = Multiaddress.Parse(ready["addrs"]![0]!.GetValue<string>());
        return peer;
    }

    /// <summary>Sends a command and returns its result.</summary>
    /// <exception cref="PeerProcessException">The peer answered with an error.</exception>
    public async Task<JsonNode> RunAsync(string command, object? arguments = null)
    {
        int id = Interlocked.Increment(ref _lastCommand);
        JsonObject line = arguments is null ? [] : JsonSerializer.SerializeToNode(arguments)!.AsObject();
        line["id"] = id;
        line["cmd"] = command;
        line["timeoutMs"] = (int)Limit.TotalMilliseconds;
        var answer = _commands[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _process.StandardInput.WriteLineAsync(line.ToJsonString());
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        return await answer.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    /// <summary>The first event of this name that the condition accepts, those that have come already included.</summary>
    public async Task<JsonNode> EventAsync(string name, Func<JsonNode, bool>? condition = null) => await Libp2p.Eventually.NotNullAsync(
        () => Events.FirstOrDefault(e => e["event"]!.GetValue<string>() == name && (condition?.Invoke(e) ?? true)));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    /// <summary>Skips at a desk where the packages are not installed; there must be none of that in CI.</summary>
    private static string InteropFolder()
    {
        string folder = Repository.File("tests/interop");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            const string Reason = "the js peers are not installed: npm ci --ignore-scripts in tests/interop";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Fail(Reason);
        }

        return folder;
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            JsonNode message = JsonNode.Parse(line)!;
            if (message["event"] is not null)
            {
                Events.Enqueue(message);
            }
            else if (_commands.TryRemove(message["id"]!.GetValue<int>(), out TaskCompletionSource<JsonNode>? command))
            {
                Complete(command, message);
            }
        }

        foreach (TaskCompletionSource<JsonNode> command in _commands.Values)
        {
            command.TrySetException(new PeerProcessException("exited", "the peer has ended"));
        }
    }

    private static void Complete(TaskCompletionSource<JsonNode> command, JsonNode answer)
    {
        if (answer["ok"]!.GetValue<bool>())
        {
            command.SetResult(answer["result"] ?? new JsonObject());
        }
        else
        {
            command.SetException(new PeerProcessException(answer["name"]!.GetValue<string>(), answer["error"]!.GetValue<string>()));
        }
    }
}

internal sealed class PeerProcessException(string name, string message) : Exception($"{name}: {message}")
{
    public string Name => name;
}
