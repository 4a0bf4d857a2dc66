using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>Makes peers that reach others over TCP.</summary>
/// <param name="options">How they behave.</param>
/// <param name="time">Where time comes from.</param>
/// <param name="loggers">Where they log.</param>
public sealed class PeerFactory(Libp2pOptions options, TimeProvider time, ILoggerFactory loggers) : IPeerFactory
{
    private IReadOnlyList<ITransport> _transports = [new TcpTransport()];

    /// <summary>A factory whose peers reach each other in this process and nobody else.</summary>
    internal static PeerFactory InMemory(MemoryTransport network, Libp2pOptions options, TimeProvider time, ILoggerFactory loggers) =>
        new(options, time, loggers) { _transports = [network] };

    /// <inheritdoc/>
    public ILocalPeer Create(Identity identity) => new LocalPeer(identity, options, _transports, time, loggers);
}
