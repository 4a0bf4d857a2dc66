namespace CocoonP2P.Node.Http;

/// <summary>What the endpoint logs: kinds and places, never what was sent.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(4101, LogLevel.Error, "a request to {Route} failed by a {Kind}: this is a fault of the node, please report it")]
    public static partial void Failed(ILogger log, string route, string kind);

    [LoggerMessage(4102, LogLevel.Debug, "where it failed: {Stack}")]
    public static partial void Stack(ILogger log, string? stack);

    [LoggerMessage(4103, LogLevel.Debug, "refused {Status} {Code} on {Route}")]
    public static partial void Refused(ILogger log, int status, string code, string route);

    [LoggerMessage(4104, LogLevel.Debug, "the client of {Route} went away")]
    public static partial void Gone(ILogger log, string route);
}
