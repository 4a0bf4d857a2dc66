namespace CocoonP2P.Node.Hosting;

/// <summary>What the process itself logs.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(4001, LogLevel.Information, "ready peer={Peer} role={Role} network={Network} listen={Listen} wallet={Wallet}")]
    public static partial void Ready(ILogger log, string peer, string role, string network, string listen, string wallet);

    [LoggerMessage(4002, LogLevel.Warning, "{Warning}")]
    public static partial void Warning(ILogger log, string warning);

    [LoggerMessage(4003, LogLevel.Information, "stopping")]
    public static partial void Stopping(ILogger log);
}
