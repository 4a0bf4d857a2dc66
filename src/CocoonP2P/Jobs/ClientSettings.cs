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
    /// <summary>How long a client that has just started waits for the first offer of a model.</summary>
    public static readonly TimeSpan OfferWait = TimeSpan.FromSeconds(3);

    /// <summary>How long an order without a time limit of its own waits for a slot, where the estimate says that one will be free by then.</summary>
    public static readonly TimeSpan SlotWait = TimeSpan.FromSeconds(30);

    /// <summary>Dialling and attesting; a worker that needs longer is as good as dead.</summary>
    public static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);

    /// <summary>One question and its answer: a quote, a lock. The channel's own rule, no ack within 10 s, ends it as well.</summary>
    public static readonly TimeSpan StepTime = TimeSpan.FromSeconds(12);

    /// <summary>Most time for telling a worker that its job is cancelled.</summary>
    public static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(1);

    /// <summary>A channel that is not open after this time will not be.</summary>
    public static readonly TimeSpan ChannelTime = TimeSpan.FromSeconds(60);

    /// <summary>How long a job may run, and an order that does not say otherwise.</summary>
    public static readonly TimeSpan JobTime = TimeSpan.FromMinutes(10);

    /// <summary>Whether a second worker is asked when the first is late with its first token; costs a chunk and a prompt each time.</summary>
    public bool Hedge { get; init; }
}
