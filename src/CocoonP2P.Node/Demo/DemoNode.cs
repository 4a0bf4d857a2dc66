using System.Diagnostics;
using CocoonP2P.Hosting;
using CocoonP2P.Configuration;
using CocoonP2P.Ton;

namespace CocoonP2P.Node.Demo;

/// <summary>One `cocoon run` process of a demo: its folder, its node.toml, its keys, its log.</summary>
internal sealed class DemoNode : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);
    private readonly string _program;
    private readonly TimeProvider _time;
    private readonly StreamWriter _log;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    private DemoNode(string program, string name, string folder, int port, byte[] identity, Address wallet, TimeProvider time)
    {
        (_program, Name, Folder, Port, _time) = (program, name, folder, port, time);
        using Libp2p.Identity id = Libp2p.Identity.FromSeed(identity);
        PeerId = id.PeerId.ToString();
        Wallet = wallet;
        _log = new StreamWriter(Path.Combine(folder, "node.log"), append: true) { AutoFlush = true };
    }

    public string Name { get; }

    public string Folder { get; }

    public int Port { get; }

    public string PeerId { get; }

    public Address Wallet { get; }

    public string Bootstrap => $"/ip4/127.0.0.1/tcp/{Port}/p2p/{PeerId}";

    public string Config => Path.Combine(Folder, "node.toml");

    public string Socket => Path.Combine(Folder, "api.sock");

    public string LogFile => Path.Combine(Folder, "node.log");

    /// <summary>Makes folder and keys; the process comes later.</summary>
    public static DemoNode Create(string program, string root, string name, int port, int globalId, TimeProvider time)
    {
        string folder = Path.Combine(root, name);
        DataFolder data = DataFolder.Open(folder);
        using NodeKeys keys = data.Keys();
        using KeyPair wallet = KeyPair.FromSeed(keys.Wallet);
        return new DemoNode(program, name, folder, port, keys.Identity, new WalletV5R1(wallet.PublicKey, globalId).Address, time);
    }

    public void Configure(string role, string manifest, string openAi) => File.WriteAllText(
        Config,
        $"""
        [node]
        network = "local"
        manifest = {Toml.Quote(manifest)}
        role = "{role}"
        data_dir = {Toml.Quote(Folder)}
        [network]
        listen = ["/ip4/127.0.0.1/tcp/{Port}"]
        [attestation]
        platform = "simulated"
        [inference]
        device = "cpu"
        [api]
        openai = "{openAi}"

        """);

    /// <summary>Starts the process, again where it has ended.</summary>
    public void Start()
    {
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ready = ready;
        _process?.Dispose();
        ProcessStartInfo start = Self.Command(_program, "run", "--with-parent", "--config", Config);
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.Environment["ORT_DISABLE_TELEMETRY"] = "1";
        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new CocoonException(
            ErrorCode.Failed, $"{Name} ended before it was ready", $"its log says why: {LogFile}"));
        process.Start();
        process.BeginErrorReadLine();
        _process = process;
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Ends the process as a machine that loses its power would.</summary>
    public async Task KillAsync()
    {
        if (_process is Process process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        _process = null;
        await _log.DisposeAsync();
    }

    /// <summary>Ends the process as a service manager would; at once where it has ended or never began.</summary>
    public async Task StopAsync()
    {
        if (_process is not { HasExited: false } process)
        {
            return;
        }

        Self.Terminate(process);
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopTime, _time);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private void Heard(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            if (_log.BaseStream is { CanWrite: true })
            {
                _log.WriteLine(line);
            }
        }

        if (line.Contains(" ready peer=", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
