using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>Every line this library logs. Ids 1000 to 1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Listening at {Address}")]
    public static partial void Listening(ILogger log, Multiaddress address);

    [LoggerMessage(1001, LogLevel.Debug, "{Direction} connection with {Peer} at {Address}")]
    public static partial void Connected(ILogger log, Direction direction, PeerId peer, Multiaddress address);

    [LoggerMessage(1002, LogLevel.Debug, "Connection with {Peer} ended: {Code}, {Detail}")]
    public static partial void Disconnected(ILogger log, PeerId peer, string code, string detail);

    [LoggerMessage(1003, LogLevel.Debug, "An inbound connection from {Address} failed")]
    public static partial void InboundFailed(ILogger log, Multiaddress address, Exception error);

    [LoggerMessage(1004, LogLevel.Debug, "A stream with {Peer} failed")]
    public static partial void StreamFailed(ILogger log, PeerId peer, Exception error);

    [LoggerMessage(1005, LogLevel.Error, "An application's event handler threw")]
    public static partial void HandlerThrew(ILogger log, Exception error);

    [LoggerMessage(1006, LogLevel.Error, "A background task failed")]
    public static partial void TaskFailed(ILogger log, Exception error);

    [LoggerMessage(1007, LogLevel.Warning, "Accepting at {Address} failed; trying again")]
    public static partial void AcceptFailed(ILogger log, Multiaddress address, Exception error);

    [LoggerMessage(1008, LogLevel.Debug, "Bootstrap peer {Address} is not reachable; it is tried again")]
    public static partial void BootstrapFailed(ILogger log, Multiaddress address, Exception error);

    [LoggerMessage(1009, LogLevel.Debug, "Identify with {Peer} failed")]
    public static partial void IdentifyFailed(ILogger log, PeerId peer, Exception error);

    [LoggerMessage(1010, LogLevel.Debug, "The gossip stream to {Peer} failed")]
    public static partial void GossipStreamFailed(ILogger log, PeerId peer, Exception error);

    [LoggerMessage(1011, LogLevel.Information, "{Peer} does not take what it is sent, and is let go")]
    public static partial void SlowPeer(ILogger log, PeerId peer);

    [LoggerMessage(1012, LogLevel.Warning, "The application is too slow for topic {Topic}: a message was dropped")]
    public static partial void DeliveryDropped(ILogger log, string topic);

    [LoggerMessage(1013, LogLevel.Error, "The validator of topic {Topic} failed")]
    public static partial void ValidatorFailed(ILogger log, string topic, Exception error);
}
