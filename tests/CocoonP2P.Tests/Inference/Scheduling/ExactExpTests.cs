using CocoonP2P.Inference.Scheduling;
using CsCheck;

namespace CocoonP2P.Tests.Inference.Scheduling;

public sealed class ExactExpTests
{
    [Fact]
    public void A_weight_is_within_one_unit_of_the_exponential() =>
        Gen.Double[-30, 0].Sample(
            x => Assert.True(Math.Abs(ExactExp.Weight(x) - (Math.Exp(x) * ExactExp.One)) <= 1.01),
            iter: 20_000);

    [Fact]
    public void A_larger_argument_never_has_a_smaller_weight() =>
        Gen.Select(Gen.Double[-30, 0], Gen.Double[0, 1e-6]).Sample(
            (x, less) => Assert.True(ExactExp.Weight(x - less) <= ExactExp.Weight(x)),
            iter: 20_000);

    // Integers that any other implementation must give as well.
    [Theory]
    [InlineData(0, 1099511627776)]
    [InlineData(-1, 404487723187)]
    [InlineData(-0.5, 666887512956)]
    [InlineData(-10, 49917750)]
    [InlineData(-27.5, 1)]
    [InlineData(-28.1, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    public void A_weight_is_this_integer(double x, ulong expected) => Assert.Equal(expected, ExactExp.Weight(x));
}
