using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Ton;

namespace CocoonP2P.Jobs;

/// <summary>What a client allows itself.</summary>
/// <param name="GlobalId">Of the chain.</param>
/// <param name="Key">Public key that signs its states.</param>
/// <param name="Wallet">Funds its channels.</param>
/// <param name="Policy">Most that one job, and all together, may lock.</param>
/// <param name="Deposit">What a new channel gets.</param>
/// <param name="Random">Nonces and salts.</param>
internal sealed record ClientSettings(
    int GlobalId, Bits256 Key, Address Wallet, ChannelPolicy Policy, NanoTon Deposit, RandomSource Random)
{
    /// <summary>How many workers are tried before the first token.</summary>
    public const int Attempts = 3;

    /// <summary>How long a client that has just started waits for the first offer of a model.</summary>
    public static readonly TimeSpan OfferWait = TimeSpan.FromSeconds(3);

    /// <summary>A channel that is not open after this time will not be.</summary>
    public static readonly TimeSpan ChannelTime = TimeSpan.FromSeconds(60);

    /// <summary>A worker that sends nothing for so long is dead.</summary>
    public static readonly TimeSpan StallTime = TimeSpan.FromSeconds(30);

    /// <summary>How long a job may run.</summary>
    public static readonly TimeSpan JobTime = TimeSpan.FromMinutes(10);
}
