namespace CocoonP2P.Libp2p;

/// <summary>How many streams of one protocol a connection may have.</summary>
/// <param name="Inbound">Opened by the remote. Unset: the value of <see cref="Libp2pLimits"/>.</param>
/// <param name="Outbound">Opened by this peer. Unset: the value of <see cref="Libp2pLimits"/>.</param>
public sealed record StreamLimits(int? Inbound = null, int? Outbound = null);
