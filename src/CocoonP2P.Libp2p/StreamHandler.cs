namespace CocoonP2P.Libp2p;

/// <summary>Serves one inbound stream. The stream is closed when it returns, and reset when it throws.</summary>
public delegate Task StreamHandler(ISession session, IByteStream stream, CancellationToken ct);
