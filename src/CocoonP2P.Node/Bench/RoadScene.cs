using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Hosting;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Networks;
using CocoonP2P.Node.Demo;
using CocoonP2P.Node.Networks;
using CocoonP2P.Protocol;
using CocoonP2P.Text;
using CocoonP2P.Ton.LocalChain;
using Microsoft.Extensions.Logging.Abstractions;

namespace CocoonP2P.Node.Bench;

/// <summary>
/// A chain, a worker and a client in one process, over loopback, so that the engine with and without the road is the same
/// engine, and every byte that the road allocates is counted.
/// </summary>
internal sealed class RoadScene : IAsyncDisposable
{
    private static readonly TimeSpan BlockTime = TimeSpan.FromMilliseconds(50);

    private readonly Stack<IAsyncDisposable> _open = [];
    private readonly string _root;

    private RoadScene(string root, ModelManifest model) => (_root, Model) = (root, model);

    public ModelManifest Model { get; }

    /// <summary>The engine itself.</summary>
    public IInferenceBackend Backend { get; private set; } = null!;

    /// <summary>The client's end of the road.</summary>
    public INode Client { get; private set; } = null!;

    /// <summary>Counts tokens as both ends do.</summary>
    public IModelText Text { get; private set; } = null!;

    public static async Task<RoadScene> StartAsync(
        string root, string modelFolder, string manifestFile, TimeProvider time, CancellationToken cancellationToken)
    {
        DataFolder worker = DataFolder.Open(Path.Combine(root, "worker"));
        RoadScene scene = new(root, new ModelStore(worker.Models).Add(modelFolder, manifestFile));
        try
        {
            await scene.ComposeAsync(worker, time, cancellationToken);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_open.TryPop(out IAsyncDisposable? part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task ComposeAsync(DataFolder worker, TimeProvider time, CancellationToken cancellationToken)
    {
        int[] ports = FreePorts();
        ChainHost chain = Own(await ChainHost.StartAsync(ports[0], BlockTime, Path.Combine(_root, "tvm"), time, cancellationToken));
        NetworkManifest manifest = new()
        {
            Name = TrustRules.Local,
            Genesis = RandomNumberGenerator.GetBytes(32),
            GlobalId = LocalTon.GlobalId,
            BlockTime = BlockTime,
            Bootstrap = [Address(worker, ports[1])],
            Chain = [chain.Endpoint],
            Measurements = [LocalNetwork.Measurement],
            Models = new Dictionary<string, string> { [Model.Name] = Convert.ToHexStringLower(Model.Id.Span) },
        };
        InferenceHost inference = Own(await InferenceHost.OpenAsync(
            new InferenceOptions { StoreFolder = worker.Models, Device = "cpu" }, time, cancellationToken));
        Backend = inference.Backend;
        Text = inference.Catalog.Texts[0];
        CocoonOptions options = new() { Network = TrustRules.Local, Trust = SimulatedTee.Trust, MaxPerJob = new NanoTon(1_000_000_000) };
        NodeSite site = new()
        {
            Options = options with { Role = NodeRole.Worker, Listen = [$"/ip4/127.0.0.1/tcp/{ports[1]}"] },
            Manifest = manifest,
            Folder = worker,
            Time = time,
            Loggers = NullLoggerFactory.Instance,
            Backend = inference.Backend,
            Catalog = inference.Catalog,
            Evidence = LocalNetwork.Evidence(manifest, worker.Path),
        };
        Own(await NodeHost.StartAsync(site, cancellationToken));
        NodeHost client = Own(await NodeHost.StartAsync(
            site with
            {
                Options = options with { Role = NodeRole.Client, Listen = [] },
                Folder = DataFolder.Open(Path.Combine(_root, "client")),
                Backend = null,
                Catalog = null,
                Evidence = null,
            },
            cancellationToken));
        chain.Chain.Faucet(Ton.Address.Parse(client.Engine.WalletAddress), 100_000_000_000);
        Client = client.Engine;
    }

    private T Own<T>(T part)
        where T : IAsyncDisposable
    {
        _open.Push(part);
        return part;
    }

    private static string Address(DataFolder folder, int port)
    {
        using NodeKeys keys = folder.Keys();
        using Libp2p.Identity identity = Libp2p.Identity.FromSeed(keys.Identity);
        return $"/ip4/127.0.0.1/tcp/{port}/p2p/{identity.PeerId}";
    }

    private static int[] FreePorts()
    {
        using TcpListener chain = new(IPAddress.Loopback, 0);
        using TcpListener worker = new(IPAddress.Loopback, 0);
        chain.Start();
        worker.Start();
        return [((IPEndPoint)chain.LocalEndpoint).Port, ((IPEndPoint)worker.LocalEndpoint).Port];
    }
}
