using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Protocol;

public sealed class NanoTonTests
{
    [Fact]
    public void A_sum_past_the_largest_amount_throws() =>
        Assert.Throws<OverflowException>(() => new NanoTon(ulong.MaxValue) + new NanoTon(1));
}
