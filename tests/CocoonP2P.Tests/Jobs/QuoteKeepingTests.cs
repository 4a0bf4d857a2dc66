using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using CocoonP2P.Tests.Payments;
using CocoonP2P.Tests.Capacity;
using CocoonP2P.Ton;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Jobs;

public sealed class QuoteKeepingTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private readonly ModelInfo _model = new("scene", OfferSamples.Model, "cocoon-llm/1", 4_096, 512, 4, 4, true);

    [Fact]
    public void Everybody_who_asks_within_a_quarter_of_an_hour_gets_the_same_quote()
    {
        QuoteShelf shelf = Shelf();
        SignedQuote first = shelf.For(_model);
        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.Same(first, shelf.For(_model));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(first.Hash, shelf.For(_model).Hash);
    }

    [Fact]
    public void A_quote_that_was_given_holds_to_its_end_and_no_longer()
    {
        QuoteShelf shelf = Shelf();
        byte[] given = shelf.For(_model).Hash.ToArray();
        _time.Advance(TimeSpan.FromMinutes(30));
        shelf.For(_model);
        Assert.True(shelf.TryFind(given, out _));
        _time.Advance(TimeSpan.FromMinutes(31));
        Assert.False(shelf.TryFind(given, out _));
    }

    [Fact]
    public void A_client_keeps_a_quote_until_ten_minutes_before_its_end()
    {
        SignedQuote quote = Shelf().For(_model);
        DateTimeOffset end = DateTimeOffset.FromUnixTimeSeconds(quote.Quote.ValidUntil);
        KeptQuotes kept = new();
        Assert.Null(kept.Find(_model.Id, _time.GetUtcNow()));
        kept.Keep(quote);
        Assert.Same(quote, kept.Find(_model.Id, end - TimeSpan.FromMinutes(11)));
        Assert.Null(kept.Find(_model.Id, end - TimeSpan.FromMinutes(10)));
        kept.Forget(_model.Id);
        Assert.Null(kept.Find(_model.Id, _time.GetUtcNow()));
    }

    private QuoteShelf Shelf()
    {
        Address wallet = new(0, ModelPair.Hash(1));
        KeyPair key = KeyPair.FromSeed([.. Enumerable.Repeat((byte)1, 32)]);
        return new QuoteShelf(new WorkerSettings(-777, key, key.PublicKey, wallet, wallet, 1_000_000), _time);
    }
}
