using CocoonP2P.Capacity;
using CocoonP2P.Protocol;
using CsCheck;

namespace CocoonP2P.Tests.Capacity;

public sealed class CapacityOfferWireTests
{
    private static readonly Gen<CapacityOffer> Offers =
        from worker in Gen.Int
        from sequence in Gen.ULong
        from price in Gen.ULong
        from free in Gen.Int[0, 4]
        select OfferSamples.Of(worker, sequence, price, free);

    [Fact]
    public void Every_offer_comes_back_as_it_went() =>
        Offers.Sample(sent => Wire.TryDecode(Wire.Encode(sent), Limits.OfferBytes, out CapacityOffer? got, out _)
            && got.BytesToSign().AsSpan().SequenceEqual(sent.BytesToSign()) && got.Signature.Span.SequenceEqual(sent.Signature.Span));

    [Fact]
    public void Whatever_bytes_come_the_answer_is_an_offer_or_a_fault() =>
        Gen.Byte.Array[0, 600].Sample(bytes =>
            Wire.TryDecode(bytes, Limits.OfferBytes, out CapacityOffer? offer, out PeerFault? fault) ? offer is not null : fault is not null);

    [Fact]
    public void An_offer_cut_anywhere_or_changed_in_a_length_is_a_fault()
    {
        byte[] bytes = Wire.Encode(OfferSamples.Of(1));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(Wire.TryDecode<CapacityOffer>(bytes.AsMemory(0, length), Limits.OfferBytes, out _, out PeerFault? fault));
            Assert.Equal("malformed", fault.Code);
        }
    }

    [Fact]
    public void The_signed_bytes_cover_every_field()
    {
        CapacityOffer offer = OfferSamples.Of(1);
        ModelOffer model = offer.Models[0];
        CapacityOffer[] changed =
        [
            offer with { NetworkId = new byte[32] },
            offer with { Worker = new byte[38] },
            offer with { Sequence = 2 },
            offer with { IssuedAt = offer.IssuedAt.AddSeconds(1) },
            offer with { Expires = offer.Expires.AddSeconds(1) },
            offer with { Addresses = [] },
            offer with { TeeKind = 1 },
            offer with { Measurement = OfferSamples.Model },
            offer with { Region = "eu" },
            offer with { Models = [model with { Name = "other" }] },
            offer with { Models = [model with { Id = new byte[32] }] },
            offer with { Models = [model with { ContextTokens = 1 }] },
            offer with { Models = [model with { PromptPrice = 1 }] },
            offer with { Models = [model with { CompletionPrice = 1 }] },
            offer with { Models = [model with { Slots = 9 }] },
            offer with { Models = [model with { FreeSlots = 1 }] },
            offer with { Models = [model with { TokensPerSecond = 1 }] },
        ];

        Assert.All(changed, other => Assert.NotEqual(offer.BytesToSign(), other.BytesToSign()));
    }
}
