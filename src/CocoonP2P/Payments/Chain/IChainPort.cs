using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>The chain as the payments engine needs it.</summary>
internal interface IChainPort
{
    /// <summary>A finalised view of a channel's account that a quorum of endpoints agrees on.</summary>
    /// <exception cref="ChainException">No quorum could be had.</exception>
    Task<ChainView> ViewAsync(ChannelSettings channel, CancellationToken cancellation);

    /// <summary>Coins of this node's wallet.</summary>
    /// <exception cref="ChainException">The endpoint did not answer.</exception>
    Task<NanoTon> BalanceAsync(CancellationToken cancellation);

    /// <summary>Gets a message into the contract by this node's wallet: journaled, signed once, sent until the wallet has
    /// executed it (true) or can no longer (false). The same key continues what was begun, also after a restart.</summary>
    /// <exception cref="ChainException">The chain cannot be reached, or the wallet is too poor.</exception>
    Task<bool> SubmitAsync(ChannelSettings channel, ulong epoch, SignedTx tx, CancellationToken cancellation);
}

/// <summary>A message and this side's signature under the body in it, where it has one.</summary>
internal sealed record SignedTx(ChannelTx Tx, Signature? Own);
