using System.Runtime.InteropServices;
using CocoonP2P.Hosting;
using CocoonP2P.Inference;
using CocoonP2P.Networks;
using CocoonP2P.Node.Http;
using CocoonP2P.Node.Networks;

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
        ApiSettings api = ApiSettings.Of(options, folder.DefaultSocket, folder.Path);
        await using InferenceHost? inference = await WorkerModels.OpenAsync(options, folder, time, stop.Token);
        NodeSite site = new()
        {
            Options = NodeTee.Trusting(manifest, options),
            Manifest = manifest,
            Folder = folder,
            Time = time,
            Loggers = loggers,
            Backend = inference?.Backend,
            Catalog = inference?.Catalog,
            Evidence = await NodeTee.EvidenceAsync(manifest, options, folder, time, stop.Token),
        };
        await using NodeHost host = await NodeHost.StartAsync(site, stop.Token);
        await ServeAsync(host.Engine, api, loggers, log, time, stop.Token);
    }

    private static async Task ServeAsync(
        NodeEngine engine, ApiSettings api, ILoggerFactory loggers, ILogger log, TimeProvider time, CancellationToken stopping)
    {
        ApiServer server;
        try
        {
            server = await ApiServer.StartAsync(engine, api, loggers, time, stopping);
        }
        catch (IOException e) when (api.OpenAi is not null)
        {
            throw new CocoonException(ErrorCode.Failed, $"{api.OpenAi} is in use ({e.Message})", "choose another in node.toml: api.openai");
        }

        await using (server)
        {
            NodeStatus status = engine.Status();
            foreach (string warning in status.Warnings.Concat(api.Warnings))
            {
                NodeLog.Warning(log, warning);
            }

            NodeLog.Ready(log, status.PeerId, status.Role, status.Network, string.Join(',', status.Addresses), status.Wallet);
            ServiceManager manager = ServiceManager.FromEnvironment(Environment.GetEnvironmentVariable);
            manager.Ready(string.Join("; ", status.Warnings.Prepend($"{status.Role} on {status.Network}")));
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stopping, engine.Stopping);
            Task watching = manager.WatchAsync(() => engine.Status(), time, either.Token);
            await WaitAsync(either.Token);
            NodeLog.Stopping(log);
            manager.Stopping();
            await watching;
        }
    }

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
