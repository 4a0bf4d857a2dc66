using CocoonP2P.Node.Http.Requests;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CocoonP2P.Node.Http;

/// <summary>What a client may cost before it has said who it is.</summary>
internal static class KestrelLimits
{
    /// <summary>A thousand users of one service, and its own checks; each costs some 30 KiB.</summary>
    private const int Connections = 1100;

    /// <summary>Slower than any line that could carry a prompt within the time that a person waits.</summary>
    private const double BytesPerSecond = 240;

    /// <param name="kestrel">Of the server.</param>
    /// <param name="patience">How long a client may be slower than that.</param>
    public static void Set(KestrelServerOptions kestrel, TimeSpan patience)
    {
        kestrel.AddServerHeader = false;
        kestrel.ConfigureEndpointDefaults(door => door.Protocols = HttpProtocols.Http1);
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = Connections;
        limits.MaxRequestBodySize = BodyBytes.MostDropped;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = 2 * patience;
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(120);
        limits.MinRequestBodyDataRate = new MinDataRate(BytesPerSecond, patience);
        // Counted while a write waits alone, so a model that thinks is not mistaken for a client that does not read.
        limits.MinResponseDataRate = new MinDataRate(BytesPerSecond, patience);
    }
}
