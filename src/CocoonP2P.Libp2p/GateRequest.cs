namespace CocoonP2P.Libp2p;

/// <summary>What is known when the gater is asked.</summary>
/// <param name="Stage">How far the connection has come.</param>
/// <param name="Direction">Who opened it.</param>
/// <param name="Peer">Whom we dial, or who proved to be there; null at <see cref="GateStage.Accept"/>.</param>
/// <param name="Address">Null at <see cref="GateStage.DialPeer"/>.</param>
/// <param name="ChannelBinding">32 bytes from <see cref="GateStage.Secured"/> on, else empty.</param>
public sealed record GateRequest(
    GateStage Stage, Direction Direction, PeerId? Peer, Multiaddress? Address, ReadOnlyMemory<byte> ChannelBinding = default);

/// <summary>Decides who may connect. A refused peer reaches no event and no handler.</summary>
public interface IConnectionGater
{
    /// <summary>False, or an exception, refuses. Runs under the deadline of its phase.</summary>
    ValueTask<bool> AllowAsync(GateRequest request, CancellationToken ct);
}
