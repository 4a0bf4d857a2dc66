using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Jobs;

/// <summary>What a worker asks for and where its money goes.</summary>
/// <param name="GlobalId">Of the chain.</param>
/// <param name="Key">Signs states and quotes.</param>
/// <param name="ReceiptKey">The enclave's public key.</param>
/// <param name="Wallet">Talks to the contracts.</param>
/// <param name="Payout">Gets the earnings.</param>
/// <param name="PricePerMillion">Nanoton for 10⁶ tokens, of prompt and answer alike.</param>
internal sealed record WorkerSettings(
    int GlobalId, KeyPair Key, Bits256 ReceiptKey, Address Wallet, Address Payout, ulong PricePerMillion)
{
    /// <summary>Six hours: long enough for a night's outage of neither side, short enough to wait out.</summary>
    public const uint ChallengePeriod = 6 * 3_600;

    /// <summary>What runs ahead of the vouchers: two chunks at this price, and at least what a short prompt costs.</summary>
    public NanoTon Credit => new(Math.Max(4 * Limits.ChunkTokens * (PricePerMillion / 1_000_000), 1_000_000));

    /// <summary>This side's bounds of a channel.</summary>
    public ChannelPolicy Policy => new() { Credit = Credit };

    /// <summary>A quote for a model, valid for an hour.</summary>
    public SignedQuote QuoteFor(ModelInfo model, DateTimeOffset now, ulong serial)
    {
        uint from = (uint)(now - Limits.ClockSkew).ToUnixTimeSeconds();
        PriceList prices = new(Prompt: PricePerMillion, Cached: PricePerMillion, Completion: PricePerMillion, Reasoning: PricePerMillion);
        return SignedQuote.Sign(
            new Quote(
                GlobalId, Key.PublicKey, Wallet, Payout, new Bits256(model.Id.Span), prices, Credit, Limits.ChunkTokens,
                PrepayPrompt: false, [ChallengePeriod], new NanoTon(100_000_000), from, from + 3_600, serial),
            Key);
    }
}
