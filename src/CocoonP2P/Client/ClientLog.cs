using Microsoft.Extensions.Logging;

namespace CocoonP2P.Client;

/// <summary>What an embedded node logs about itself.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(5001, LogLevel.Warning, "{Warning}")]
    public static partial void Warning(ILogger log, string warning);
}
