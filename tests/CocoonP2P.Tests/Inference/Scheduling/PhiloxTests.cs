using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Tests.Inference.Scheduling;

public sealed class PhiloxTests
{
    // The known answers that the generator's authors publish for philox4x32, 10 rounds.
    [Theory]
    [InlineData(new uint[] { 0, 0, 0, 0 }, 0UL, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(new uint[] { uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue }, ulong.MaxValue,
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, 0x299f31d0a4093822UL,
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void A_block_is_the_published_one(uint[] counter, ulong key, uint[] expected)
    {
        Philox.Block(counter, key);
        Assert.Equal(expected, counter);
    }
}
