using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Tests.Ton.Contracts;

public sealed class FeeBookTests
{
    // Parameters 18, 21 and 25 as read from the main network in June 2026.
    private const string Storage = "te6cckEBAwEAWQACAUgBAgBM3swAAAAAAAAAAAAAAAEAAAAAAAAB9AAAAAAAAAPoAAAAAAAHoSAAU71Pk/sGY0+T+wAAAAAAAAAAAAAAAAAAAAQ4AAAAAAAAH0AAAAAAAD0JBPXsekg=";
    private const string Gas = "te6cckEBAQEATAAAlNEAAAAAAAAAZAAAAAAAABoL3gAAAAAAQqqrAAAAAAAPQkAAAAAAAA9CQAAAAAAAACcQAAAAAACYloAAAAAABfXhAAAAAAA7msoAgyFv5Q==";
    private const string Forward = "te6cckEBAQEAIwAAQuoAAAAAAAEEawAAAAAAQqqrAAAAABoKqqsAAYAAVVVVVXUQ/H0=";

    private static readonly ChainPrices Now = Parse();

    // The prices before that: 400 nanoton a unit of gas.
    private static readonly ChainPrices Before = new(400UL << 16, 100, 40_000, 400_000, 26_214_400, 2_621_440_000, 1, 500);

    [Fact]
    public void Prices_are_read_from_the_configuration()
    {
        Assert.Equal(66.67, Now.GasPrice / 65_536.0, 2);
        Assert.Equal(66_667UL, Now.LumpPrice);
        Assert.Equal(new Coins(6_667), Now.GasFee(100));
        Assert.Equal(new Coins(40_000 + (900 * 400)), Before.GasFee(1_000));
    }

    [Fact]
    public void Rent_of_a_channel_is_what_was_measured()
    {
        Assert.Equal(0.0149, Ton(Before.Rent(15_948, 30, TimeSpan.FromDays(365))), 4);
        Assert.Equal(0.0019, Ton(Now.Rent(15_948, 30, TimeSpan.FromDays(365))), 4);
        Assert.InRange(new FeeBook(Now).ReserveLasts().TotalDays, 9 * 365, 11 * 365);
    }

    [Theory]
    [InlineData(ChannelOperation.Open, 0.0033)]
    [InlineData(ChannelOperation.TopUp, 0.00072)]
    [InlineData(ChannelOperation.Settle, 0.0014)]
    [InlineData(ChannelOperation.CoopClose, 0.0016)]
    [InlineData(ChannelOperation.StartClose, 0.00095)]
    [InlineData(ChannelOperation.Challenge, 0.0013)]
    [InlineData(ChannelOperation.ResolveLock, 0.0019)]
    [InlineData(ChannelOperation.Finish, 0.0013)]
    public void The_fee_shown_is_the_one_measured_at_todays_prices(object operation, double ton) =>
        Assert.Equal(ton, Ton(new FeeBook(Now).NetworkFee((ChannelOperation)operation)), 4);

    [Fact]
    public void Enough_is_attached_at_any_price_and_never_less_than_the_floor()
    {
        foreach (ChannelOperation operation in Enum.GetValues<ChannelOperation>())
        {
            Assert.Equal(FeeBook.LeastValue, new FeeBook(Now).ValueFor(operation));
        }

        ChainPrices dear = Before with { GasPrice = 4_000UL << 16, FlatGasPrice = 400_000, LumpPrice = 4_000_000 };
        Coins ending = dear.GasFee(10_000) + dear.ForwardFee(1_023, 1) + dear.ForwardFee(1_023, 1);
        Assert.True(new FeeBook(dear).ValueFor(ChannelOperation.Finish) > ending);
        Assert.True(new FeeBook(dear).ValueFor(ChannelOperation.CoopClose) > ending);
    }

    [Fact]
    public void A_deposit_carries_what_the_contract_keeps()
    {
        Assert.Equal(Coins.Parse("5.025"), new FeeBook(Now).ValueForDeposit(Coins.Parse("5"), first: true));
        Assert.Equal(Coins.Parse("5.005"), new FeeBook(Now).ValueForDeposit(Coins.Parse("5"), first: false));
    }

    private static ChainPrices Parse()
    {
        Assert.True(ChainPrices.TryParse(
            BagOfCells.DecodeBase64(Storage), BagOfCells.DecodeBase64(Gas), BagOfCells.DecodeBase64(Forward), out ChainPrices? prices));
        return prices;
    }

    private static double Ton(Coins coins) => (double)coins.Nano / 1e9;
}
