using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CocoonP2P.Hosting;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Node.Http;
using CocoonP2P.Node.Networks;
using CocoonP2P.Options;
using CocoonP2P.Peers;
using CocoonP2P.Storage;
using CocoonP2P.Text;
using CocoonP2P.Ton;

namespace CocoonP2P.Node.Hosting;

/// <summary>`cocoon run`: composes a node from its configuration and keeps it until a signal ends it.</summary>
internal static class NodeProcess
{
    /// <exception cref="CocoonException">What stands against a start, with its cure.</exception>
    public static async Task RunAsync(CocoonOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        ILogger log = loggers.CreateLogger("CocoonP2P.Node");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, stop));
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, stop));

        NetworkManifest manifest = ManifestFile.Load(options);
        DataFolder folder = DataFolder.Open(options.Node.DataDir);
        using NodeKeys keys = folder.Keys();
        await using Journal journal = Open(folder);
        await using InferenceHost? inference = await OpenInferenceAsync(options, folder, time, stop.Token);
        NetworkStack stack = manifest.Name == "local"
            ? LocalNetwork.Compose(manifest, options, folder.Path, time)
            : throw new CocoonException(
                ErrorCode.Configuration, $"network \"{manifest.Name}\" cannot be joined by this version", "set node.network = \"local\"; README says what works today");
        Random random = new(BitConverter.ToInt32(RandomNumberGenerator.GetBytes(4)));
        using SocketsHttpHandler http = new();
        List<TonCenterClient> chain = [.. Endpoints(options, manifest).Select(e => new TonCenterClient(
            new TonCenterOptions { Endpoint = e, RequestsPerSecond = e.IsLoopback ? 1_000 : null, Burst = e.IsLoopback ? 100 : 5 },
            http, time, new Random(random.Next())))];
        IReadOnlyList<string> bootstrap = options.Network.Bootstrap is ["network"] ? manifest.Bootstrap : options.Network.Bootstrap;
        Libp2pNetwork network = new(keys.Identity, options.Network.Listen, bootstrap, time, random, loggers);
        NodeEngine engine = await StartAsync(
            new NodeParts
            {
                Options = options,
                NetworkId = manifest.NetworkId,
                GlobalId = manifest.GlobalId,
                BlockTime = manifest.BlockTime,
                Keys = keys,
                Network = network,
                Journal = journal,
                Chain = chain,
                Catalog = inference?.Catalog ?? OpenTexts(folder),
                Backend = inference?.Backend,
                Appraiser = stack.Appraiser,
                Evidence = stack.Evidence,
                Random = RandomNumberGenerator.Fill,
                Time = time,
                Loggers = loggers,
                SaveReceipt = folder.SaveReceiptAsync,
                LoadReceipt = folder.LoadReceiptAsync,
            },
            options, stop.Token);
        await using (engine)
        {
            await ServeAsync(engine, options, folder, loggers, log, stop.Token);
        }

        chain.ForEach(c => c.Dispose());
    }

    private static async Task ServeAsync(
        NodeEngine engine, CocoonOptions options, DataFolder folder, ILoggerFactory loggers, ILogger log, CancellationToken stopping)
    {
        IPEndPoint? openAi = options.Api.Openai.Length == 0 ? null
            : IPEndPoint.TryParse(options.Api.Openai, out IPEndPoint? parsed) && IPAddress.IsLoopback(parsed.Address) ? parsed
            : throw new CocoonException(
                ErrorCode.Configuration, $"api.openai: \"{options.Api.Openai}\" is no loopback address", "write \"127.0.0.1:4610\", or \"\" to turn it off");
        string socket = options.Api.Socket.Length > 0 ? options.Api.Socket : folder.DefaultSocket;
        ApiServer server;
        try
        {
            server = await ApiServer.StartAsync(engine, openAi, socket, loggers, stopping);
        }
        catch (IOException e) when (openAi is not null)
        {
            throw new CocoonException(ErrorCode.Failed, $"{openAi} is in use ({e.Message})", "choose another in node.toml: api.openai");
        }

        await using (server)
        {
            NodeStatus status = engine.Status();
            foreach (string warning in status.Warnings)
            {
                NodeLog.Warning(log, warning);
            }

            NodeLog.Ready(log, status.PeerId, status.Role, status.Network, string.Join(',', status.Addresses), status.Wallet);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stopping, engine.Stopping);
            await WaitAsync(either.Token);
            NodeLog.Stopping(log);
        }
    }

    private static async Task<NodeEngine> StartAsync(NodeParts parts, CocoonOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await NodeEngine.StartAsync(parts, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or Libp2p.Libp2pException)
        {
            throw new CocoonException(
                ErrorCode.Failed, $"{string.Join(", ", options.Network.Listen)} is in use ({e.Message})", "choose another in node.toml: network.listen");
        }
    }

    private static Journal Open(DataFolder folder)
    {
        try
        {
            return Journal.Open(folder.Journal);
        }
        catch (JournalException e)
        {
            throw new CocoonException(ErrorCode.Configuration, e.Message, "a journal of a later version needs that version; a damaged one its backup");
        }
    }

    private static async Task<InferenceHost?> OpenInferenceAsync(CocoonOptions options, DataFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.Node.Role != NodeRole.Worker)
        {
            return null;
        }

        Inference.InferenceOptions inference = new()
        {
            StoreFolder = folder.Models,
            Models = options.Inference.Models is ["*"] ? [] : options.Inference.Models,
            Device = options.Inference.Device,
            RequireGpu = options.Inference.RequireGpu,
            EpLibrary = options.Inference.EpLibrary,
            NativeLibrary = options.Inference.Onnxruntime,
            Threads = options.Inference.Threads,
            Slots = options.Inference.Slots,
        };
        try
        {
            InferenceHost host = await InferenceHost.OpenAsync(inference, time, cancellationToken);
            return host.Backend.Models.Count > 0
                ? host
                : throw new CocoonException(ErrorCode.Configuration, $"no model in {folder.Models}", "add one: cocoon models add DIR");
        }
        catch (InferenceException e)
        {
            throw Refused(e);
        }
    }

    /// <summary>A client's models: it counts with their tokenizers, and runs none.</summary>
    private static IModelCatalog OpenTexts(DataFolder folder)
    {
        try
        {
            return StoreCatalog.Open(folder.Models);
        }
        catch (InferenceException e)
        {
            throw Refused(e);
        }
    }

    private static CocoonException Refused(InferenceException e) => new(
        ErrorCode.Configuration, $"inference: {e.Code}: {e.Message}", "cocoon models list and cocoon models add DIR mend the store");

    private static IEnumerable<Uri> Endpoints(CocoonOptions options, NetworkManifest manifest) =>
        (options.Chain.Endpoints is ["network"] ? manifest.Chain : options.Chain.Endpoints).Select(e =>
            Uri.TryCreate(e, UriKind.Absolute, out Uri? uri)
                ? uri
                : throw new CocoonException(ErrorCode.Configuration, $"chain.endpoints: \"{e}\" is no address", "write \"https://…/api/v2/\""));

    private static void End(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    private static async Task WaitAsync(CancellationToken stopping)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = stopping.Register(ended.SetResult);
        await ended.Task;
    }
}
