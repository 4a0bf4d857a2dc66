using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Payments;

public sealed class QuoteTests
{
    private static readonly KeyPair Key = KeyPair.FromSeed(Enumerable.Repeat((byte)2, 32).ToArray());

    private static readonly Quote Good = new(
        -777, Key.PublicKey, new Address(0, ModelPair.Hash(1)), new Address(0, ModelPair.Hash(2)), ModelPair.Hash(3), ModelPair.Prices,
        new NanoTon(1400), 64, false, [3600, 21600], new NanoTon(5), 1000, 2000, 7);

    [Fact]
    public void A_quote_comes_back_as_it_was_signed()
    {
        SignedQuote signed = SignedQuote.Sign(Good, Key);
        byte[] bytes = Wire.Encode(signed);
        Assert.True(Wire.TryDecode(bytes, Limits.QuoteBytes, out SignedQuote? back, out _));
        Assert.True(back.IsGenuine());
        Assert.Equal(signed.Hash, back.Hash);
        Assert.Equal(bytes, Wire.Encode(back));
    }

    [Fact]
    public void A_changed_field_is_not_genuine()
    {
        SignedQuote signed = SignedQuote.Sign(Good, Key);
        Assert.False((signed with { Quote = Good with { Payout = new Address(0, ModelPair.Hash(9)) } }).IsGenuine());
        Assert.False((signed with { Quote = Good with { Serial = 8 } }).IsGenuine());
        Assert.False((signed with { Quote = Good with { Prices = Good.Prices with { Prompt = 2 } } }).IsGenuine());
    }

    [Fact]
    public void Unsound_quotes_are_refused()
    {
        Assert.True(Good.IsSound);
        Assert.False((Good with { Prices = Good.Prices with { Cached = 2_000_000 } }).IsSound);
        Assert.False((Good with { Credit = new NanoTon(639) }).IsSound);
        Assert.False((Good with { ChunkTokens = 65 }).IsSound);
        Assert.False((Good with { Periods = [] }).IsSound);
        Assert.False((Good with { Periods = [60] }).IsSound);
        Assert.False((Good with { ValidUntil = 1000 + Quote.LongestValidity + 1 }).IsSound);
        Assert.False((Good with { Payout = new Address(-1, ModelPair.Hash(2)) }).IsSound);
    }

    [Fact]
    public void A_prompt_whose_first_chunk_is_above_the_credit_is_prepaid()
    {
        Assert.True(JobOrders.TryMake(Good, ModelPair.Hash(1), new Usage(16, Completion: 100), default, false, out JobOrder? small));
        Assert.Equal(NanoTon.Zero, small.Prepay);
        Assert.True(JobOrders.TryMake(Good, ModelPair.Hash(1), new Usage(2000, Completion: 100), default, false, out JobOrder? large));
        Assert.Equal(new NanoTon(2000), large.Prepay);
        Assert.Equal(new NanoTon(3000), large.Cap);
    }
}
