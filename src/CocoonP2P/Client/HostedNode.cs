using CocoonP2P.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Client;

/// <summary>A node that lives as long as its host: what is wrong with its options stops the host's start.</summary>
internal sealed class HostedNode(CocoonOptions options, ILoggerFactory loggers, TimeProvider time) : IHostedService, IAsyncDisposable
{
    private CocoonNode? _node;

    /// <exception cref="CocoonException">NoNode: the host has not started it, or has stopped it.</exception>
    public CocoonNode Node => _node
        ?? throw new CocoonException(ErrorCode.NoNode, "the node has not started, or has ended", "start the host before the first request: it starts the node");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _node = await CocoonNode.StartAsync(options, loggers, time, cancellationToken);
        ILogger log = loggers.CreateLogger("CocoonP2P.Node");
        foreach (string warning in _node.Warnings)
        {
            ClientLog.Warning(log, warning);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _node, null) is CocoonNode node)
        {
            await node.DisposeAsync();
        }
    }

    public INode Engine() => Node.Engine;
}
