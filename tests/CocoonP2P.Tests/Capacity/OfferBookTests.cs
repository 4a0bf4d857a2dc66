using CocoonP2P.Capacity;
using CocoonP2P.Protocol;
using CsCheck;
using static CocoonP2P.Tests.Capacity.OfferSamples;

namespace CocoonP2P.Tests.Capacity;

public sealed class OfferBookTests
{
    private readonly OfferBook _book = new(Network);

    [Fact]
    public void The_newest_offer_of_a_worker_wins_in_any_order() =>
        Gen.ULong[1, 20].Array[1, 20].Sample(sequences =>
        {
            OfferBook book = new(Network);
            foreach (ulong sequence in sequences)
            {
                book.Take(Of(1, sequence), Now);
            }

            return book.Live(Now).Single().Sequence == sequences.Max();
        });

    [Fact]
    public void An_offer_dies_unaided()
    {
        Assert.Equal(OfferOutcome.Accept, _book.Take(Of(1), Now));
        Assert.Single(_book.Live(Now.AddSeconds(39)));
        Assert.Empty(_book.Live(Now.AddSeconds(40)));
        Assert.Equal(OfferOutcome.Ignore, _book.Take(Of(1, 2), Now.AddSeconds(41)));
    }

    [Fact]
    public void Foreign_networks_and_endless_lives_are_rejected()
    {
        Assert.Equal(OfferOutcome.Reject, _book.Take(Of(1) with { NetworkId = new byte[32] }, Now));
        Assert.Equal(OfferOutcome.Reject, _book.Take(Of(1) with { Expires = Now.AddDays(1) }, Now));
        Assert.Equal(OfferOutcome.Ignore, _book.Take(Of(1) with { IssuedAt = Now.AddMinutes(3), Expires = Now.AddMinutes(3.5) }, Now));
    }

    [Fact]
    public void A_full_book_takes_no_stranger_until_an_offer_expires()
    {
        for (int worker = 0; worker < Limits.OffersKept; worker++)
        {
            Assert.Equal(OfferOutcome.Accept, _book.Take(Of(worker), Now));
        }

        Assert.Equal(OfferOutcome.Ignore, _book.Take(Of(-1), Now));
        Assert.Equal(OfferOutcome.Accept, _book.Take(Of(7, sequence: 2), Now));
        Assert.Equal(Limits.OffersKept, _book.Count);
        CapacityOffer later = Of(-1) with { IssuedAt = Now.AddSeconds(41), Expires = Now.AddSeconds(80) };
        Assert.Equal(OfferOutcome.Accept, _book.Take(later, Now.AddSeconds(41)));
    }
}
