using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CsCheck;

namespace CocoonP2P.Tests.Payments;

public sealed class PriceListTests
{
    private static readonly Gen<PriceList> Prices =
        from prompt in Gen.ULong[0, 1UL << 40]
        from cached in Gen.ULong[0, 1UL << 40]
        from completion in Gen.ULong[0, 1UL << 40]
        from reasoning in Gen.ULong[0, 1UL << 40]
        from tensor in Gen.ULong[0, 1UL << 20]
        from least in Gen.ULong[0, 1UL << 30]
        from fee in Gen.ULong[0, 1UL << 30]
        select new PriceList(
            prompt, Math.Min(cached, prompt), completion, reasoning, tensor, tensor / 2, tensor, new NanoTon(least), new NanoTon(fee));

    private static readonly Gen<Usage> Usages =
        from prompt in Gen.UInt[0, 1 << 24]
        from cached in Gen.UInt[0, 1 << 24]
        from completion in Gen.UInt[0, 1 << 24]
        from reasoning in Gen.UInt[0, 1 << 24]
        from bytes in Gen.ULong[0, 1UL << 32]
        select new Usage(prompt, Math.Min(cached, prompt), completion, Math.Min(reasoning, completion), bytes, bytes / 3, bytes);

    [Fact]
    public void The_chunks_of_a_job_add_up_to_its_cost() =>
        Gen.Select(Prices, Gen.UInt[1, 4096], Gen.UInt[1, 64].Array[1, 40]).Sample((prices, prompt, chunks) =>
        {
            Usage total = new(prompt);
            NanoTon paid = NanoTon.Zero, sum = NanoTon.Zero;
            foreach (uint tokens in chunks)
            {
                total = total with { Completion = total.Completion + tokens };
                NanoTon chunk = Cost(prices, total) - paid;
                (paid, sum) = (paid + chunk, sum + chunk);
            }

            Assert.Equal(Cost(prices, total), sum);
        });

    [Fact]
    public void More_use_never_costs_less() =>
        Gen.Select(Prices, Usages, Usages).Sample((prices, first, more) =>
        {
            Usage both = new(
                first.Prompt + more.Prompt, first.Cached, first.Completion + more.Completion, first.Reasoning,
                first.BytesIn + more.BytesIn, first.BytesOut + more.BytesOut, first.Operations + more.Operations);
            Assert.True(Cost(prices, both) >= Cost(prices, first));
        });

    [Fact]
    public void A_claim_of_caching_never_raises_the_bill() =>
        Gen.Select(Prices, Usages).Sample((prices, usage) =>
            Assert.True(Cost(prices, usage) <= Cost(prices, usage with { Cached = 0 })));

    [Fact]
    public void The_cap_covers_any_use_within_the_limits() =>
        Gen.Select(Prices, Usages, Gen.UInt[0, 1 << 24]).Sample((prices, usage, spare) =>
        {
            Assert.True(prices.TryCap(usage with { Completion = usage.Completion + spare }, out NanoTon? cap));
            Assert.True(cap.Value >= Cost(prices, usage));
        });

    [Fact]
    public void A_cost_of_two_to_the_63_is_refused_and_nothing_throws() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.UInt, Gen.ULong).Sample((price, tensor, tokens, bytes) =>
        {
            PriceList prices = new(price, price, price, price, tensor, tensor, tensor, new NanoTon(1), new NanoTon(1));
            Usage usage = new(tokens, 0, tokens, 0, bytes, bytes, bytes);
            Assert.True(!prices.TryCost(usage, out NanoTon? cost) || cost.Value.Value < PriceList.AmountLimit);
        });

    [Fact]
    public void A_job_that_delivered_nothing_costs_nothing() =>
        Assert.Equal(NanoTon.Zero, Cost(new PriceList(MinCharge: new NanoTon(5), RunFee: new NanoTon(7)), Usage.None));

    [Fact]
    public void The_smallest_charge_and_the_fee_of_a_run_are_applied_once()
    {
        PriceList prices = new(Completion: 20_000_000, MinCharge: new NanoTon(100), RunFee: new NanoTon(7));
        Assert.Equal(new NanoTon(100), Cost(prices, new Usage(Completion: 1)));
        Assert.Equal(new NanoTon(2007), Cost(prices, new Usage(Completion: 100)));
    }

    [Fact]
    public void Parts_above_their_wholes_have_no_cost() =>
        Assert.False(new PriceList(1).TryCost(new Usage(Prompt: 1, Cached: 2), out _));

    private static NanoTon Cost(PriceList prices, Usage usage)
    {
        Assert.True(prices.TryCost(usage, out NanoTon? cost));
        return cost.Value;
    }
}
