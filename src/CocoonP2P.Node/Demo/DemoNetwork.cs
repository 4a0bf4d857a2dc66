using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Networks;
using CocoonP2P.Node.Networks;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.Node.Demo;

/// <summary>A local network: a chain in this process, workers and a client in theirs, all on loopback.</summary>
internal sealed class DemoNetwork : IAsyncDisposable
{
    /// <summary>Fast blocks: a person is watching.</summary>
    private static readonly TimeSpan BlockTime = TimeSpan.FromMilliseconds(50);

    private readonly string _root;
    private bool _stopped;

    private DemoNetwork(string root, ChainHost chain, IReadOnlyList<DemoNode> workers, DemoNode client, int api, string manifest) =>
        (_root, Chain, Workers, Client, ApiPort, Manifest) = (root, chain, workers, client, api, manifest);

    public ChainHost Chain { get; }

    public IReadOnlyList<DemoNode> Workers { get; }

    public DemoNode Client { get; }

    public int ApiPort { get; }

    public string Manifest { get; }

    public string Root => _root;

    public IEnumerable<DemoNode> Nodes => [.. Workers, Client];

    /// <summary>Prepares folders, keys, models and manifest, and starts the chain; nodes start with <see cref="StartNodesAsync"/>.</summary>
    public static async Task<DemoNetwork> PrepareAsync(
        string program, string root, string modelFolder, int workerCount, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(root);
        int[] ports = FreePorts(workerCount + 3);
        string cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "cocoon", "tvm");
        ChainHost chain = await ChainHost.StartAsync(ports[0], BlockTime, cache, time, cancellationToken);
        DemoNode[] workers = [.. Enumerable.Range(1, workerCount).Select(i => DemoNode.Create(program, root, $"worker-{i}", ports[i], LocalTon.GlobalId, time))];
        DemoNode client = DemoNode.Create(program, root, "client", ports[^2], LocalTon.GlobalId, time);
        DemoNetwork made = new(root, chain, workers, client, ports[^1], Path.Combine(root, "network.toml"));
        try
        {
            ModelManifest[] models = [.. workers.Select(worker => AddModel(worker, modelFolder))];
            await File.WriteAllTextAsync(made.Manifest, made.Describe(models[0]).Write(), cancellationToken);
            foreach (DemoNode node in made.Nodes)
            {
                node.Configure(node == client ? "client" : "worker", made.Manifest, node == client ? $"127.0.0.1:{ports[^1]}" : "");
            }

            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    private NetworkManifest Describe(ModelManifest model) => new()
    {
        Name = "local",
        Genesis = RandomNumberGenerator.GetBytes(32),
        GlobalId = LocalTon.GlobalId,
        BlockTime = BlockTime,
        Bootstrap = [.. Workers.Select(w => w.Bootstrap)],
        Chain = [Chain.Endpoint],
        Measurements = [LocalNetwork.Measurement],
        Models = new Dictionary<string, string> { [model.Name] = Convert.ToHexStringLower(model.Id.Span) },
    };

    public async Task StartNodesAsync(CancellationToken cancellationToken)
    {
        foreach (DemoNode node in Nodes)
        {
            node.Start();
        }

        await Task.WhenAll(Nodes.Select(n => n.ReadyAsync(cancellationToken)));
    }

    /// <summary>Ends nodes and chain; the files stay until this is disposed.</summary>
    public async Task StopAsync()
    {
        await Task.WhenAll(Nodes.Select(n => n.DisposeAsync().AsTask()));
        if (!_stopped)
        {
            _stopped = true;
            await Chain.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    /// <summary>Workers alone have the model: the client gets tokenizer and template over its attested session.</summary>
    private static ModelManifest AddModel(DemoNode node, string modelFolder)
    {
        try
        {
            string manifest = File.Exists(Path.Combine(modelFolder, ModelStore.ManifestFile)) ? ModelStore.ManifestFile : "manifest-draft.json";
            return new ModelStore(Path.Combine(node.Folder, "models")).Add(modelFolder, manifest);
        }
        catch (Exception e) when (e is InferenceException or IOException)
        {
            throw new CocoonException(ErrorCode.Configuration, $"{modelFolder}: {e.Message}", "name a folder with manifest.json and the files that it lists");
        }
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }
}
