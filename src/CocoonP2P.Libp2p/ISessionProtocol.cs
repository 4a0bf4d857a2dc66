namespace CocoonP2P.Libp2p;

/// <summary>A protocol that serves inbound streams.</summary>
public interface ISessionProtocol
{
    /// <summary>The name both sides agree on, such as <c>/example/1.0.0</c>.</summary>
    string Id { get; }

    /// <summary>Serves a stream the remote opened.</summary>
    Task ListenAsync(IByteStream stream, ISession session, CancellationToken ct);
}

/// <summary>A protocol that also asks: a request out, a response back.</summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResponse">What comes back.</typeparam>
public interface ISessionProtocol<TRequest, TResponse> : ISessionProtocol
{
    /// <summary>Asks over a stream that is open already.</summary>
    Task<TResponse> DialAsync(IByteStream stream, ISession session, TRequest request, CancellationToken ct);
}
