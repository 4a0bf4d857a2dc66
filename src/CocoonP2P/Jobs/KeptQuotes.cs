using System.Collections.Concurrent;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Jobs;

/// <summary>What one session's worker charges for each model, once its evidence has vouched for it: the next job need not ask again.</summary>
internal sealed class KeptQuotes
{
    /// <summary>One that is nearer to its end is asked for again: the clocks of both ends may differ by minutes.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Bits256, SignedQuote> _quotes = new();

    /// <summary>The kept one; null where there is none, or none for long.</summary>
    public SignedQuote? Find(ReadOnlyMemory<byte> model, DateTimeOffset now) =>
        _quotes.TryGetValue(new Bits256(model.Span), out SignedQuote? kept) && kept.Quote.IsValidAt(now + Margin) ? kept : null;

    public void Keep(SignedQuote vouched) => _quotes[vouched.Quote.Model] = vouched;

    /// <summary>The worker may have taken it back: the next job asks.</summary>
    public void Forget(ReadOnlyMemory<byte> model) => _quotes.TryRemove(new Bits256(model.Span), out _);
}
