using System.Collections.Immutable;
using CocoonP2P.Payments;
using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Protocol;

/// <summary>A worker's prices for one model, signed by its channel key (docs/protocol/payments.md, "Quotes"). Its hash is
/// part of each job's terms, so a new price touches new jobs only.</summary>
/// <param name="NetworkId">Global id of the chain it is paid on.</param>
/// <param name="WorkerKey">Key that signs for the worker's side of channels, and this.</param>
/// <param name="Worker">Wallet that may close a channel.</param>
/// <param name="Payout">Where earnings go.</param>
/// <param name="Model">Digest of the model's manifest.</param>
/// <param name="Prices">What is charged.</param>
/// <param name="Credit">What the worker lets run ahead of vouchers, over all jobs of a channel.</param>
/// <param name="ChunkTokens">Most tokens between two vouchers, 1 to 64.</param>
/// <param name="PrepayPrompt">Whether every prompt is paid before it is read.</param>
/// <param name="Periods">Challenge periods that the worker accepts, in seconds; 1 to 8 of them.</param>
/// <param name="MinDeposit">Least deposit of a channel.</param>
/// <param name="ValidFrom">Unix seconds.</param>
/// <param name="ValidUntil">Unix seconds, at most a day later.</param>
/// <param name="Serial">Rises with each quote of this worker.</param>
internal sealed record Quote(
    int NetworkId,
    Bits256 WorkerKey,
    Address Worker,
    Address Payout,
    Bits256 Model,
    PriceList Prices,
    NanoTon Credit,
    uint ChunkTokens,
    bool PrepayPrompt,
    ImmutableArray<uint> Periods,
    NanoTon MinDeposit,
    uint ValidFrom,
    uint ValidUntil,
    ulong Serial)
{
    /// <summary>Longest validity, a day.</summary>
    public const uint LongestValidity = 24 * 3600;

    /// <summary>Most tokens in a chunk.</summary>
    public const uint LargestChunk = 64;

    /// <summary>Whether the quote can be worked with at all: sound prices, payable addresses, a credit that covers a chunk,
    /// at most a day of validity.</summary>
    public bool IsSound =>
        Prices.IsSound
        && Worker.Workchain == 0 && Payout.Workchain == 0
        && ChunkTokens is >= 1 and <= LargestChunk
        && Periods.Length is >= 1 and <= Limits.PeriodsPerQuote
        && Periods.All(period => period is >= ChannelTerms.MinChallengePeriod and <= ChannelTerms.MaxChallengePeriod)
        && ValidFrom < ValidUntil && ValidUntil - ValidFrom <= LongestValidity
        && MinDeposit.Value < PriceList.AmountLimit
        && Prices.TryCost(new Usage(Completion: ChunkTokens), out NanoTon? chunk) && chunk <= Credit;

    /// <summary>Whether it counts at this chain time.</summary>
    public bool IsValidAt(DateTimeOffset now) => now.ToUnixTimeSeconds() >= ValidFrom && now.ToUnixTimeSeconds() < ValidUntil;
}
