namespace CocoonP2P.Ton.Contracts;

/// <summary>What each operation of a channel costs at the chain's live prices, to show before asking and to attach when
/// sending. Gas and its budgets were measured on the TVM; the contract tests hold the contract to the budgets.</summary>
internal sealed class FeeBook(ChainPrices prices)
{
    /// <summary>No message is sent with less: the contract's own floor is half of it.</summary>
    public static readonly Coins LeastValue = 10_000_000;

    /// <summary>What the first deposit sets aside for rent and the end.</summary>
    public static readonly Coins Reserve = 20_000_000;

    private const ulong TopUpBudget = 4_500;
    private static readonly Coins TopUpFloor = 5_000_000;

    // The prices at which the fees below were measured: 400 nanoton a unit of gas, 400,000 a message.
    private const ulong MeasuredGasPrice = 400UL << 16;
    private const ulong MeasuredLumpPrice = 400_000;

    // The account as stored: code, terms, roots.
    private const ulong StoredBits = 15_948;
    private const ulong StoredCells = 30;

    // The most that any message from the contract holds outside its root cell.
    private const ulong SentBits = 1_023;
    private const ulong SentCells = 1;

    /// <summary>What to attach beside a deposit: one and a half times budget and onward messages. The surplus returns.</summary>
    public Coins ValueFor(ChannelOperation operation)
    {
        (ulong budget, int messages, _) = Measured(operation);
        UInt128 cost = prices.GasFee(budget).Nano + ((uint)messages * prices.ForwardFee(SentBits, SentCells).Nano);
        var value = new Coins((cost * 3 / 2) + 1);
        return value > LeastValue ? value : LeastValue;
    }

    /// <summary>What a deposit's message must carry for the contract to count <paramref name="deposit"/>, exactly.</summary>
    public Coins ValueForDeposit(Coins deposit, bool first)
    {
        Coins gas = prices.GasFee(TopUpBudget);
        Coins kept = gas > TopUpFloor ? gas : TopUpFloor;
        return deposit + kept + (first ? Reserve : Coins.Zero);
    }

    /// <summary>What all parties lose by the operation, wallet and onward messages included. Measured once, and scaled by
    /// whichever of the prices of gas and of messages rose more since.</summary>
    public Coins NetworkFee(ChannelOperation operation)
    {
        UInt128 measured = Measured(operation).Fee;
        UInt128 byGas = measured * prices.GasPrice / MeasuredGasPrice;
        UInt128 byLump = measured * prices.LumpPrice / MeasuredLumpPrice;
        return new Coins(UInt128.Max(byGas, byLump) + 1);
    }

    /// <summary>How long the reserve pays the rent.</summary>
    public TimeSpan ReserveLasts()
    {
        UInt128 aDay = prices.Rent(StoredBits, StoredCells, TimeSpan.FromDays(1)).Nano;
        UInt128 days = aDay == 0 ? 36_500 : UInt128.Min(36_500, Reserve.Nano / aDay);
        return TimeSpan.FromDays((double)days);
    }

    /// <summary>Gas budget, messages that the contract sends on, and the whole fee in nanoton as measured.</summary>
    private static (ulong Budget, int Messages, uint Fee) Measured(ChannelOperation operation) => operation switch
    {
        ChannelOperation.Open => (TopUpBudget, 0, 19_920_000),
        ChannelOperation.TopUp => (3_600, 0, 4_330_000),
        ChannelOperation.Settle => (8_100, 1, 8_420_000),
        ChannelOperation.CoopClose => (9_300, 2, 9_350_000),
        ChannelOperation.StartClose => (7_800, 1, 5_700_000),
        ChannelOperation.Challenge => (7_300, 1, 7_900_000),
        ChannelOperation.ResolveLock => (12_000, 1, 11_600_000),
        ChannelOperation.Finish => (8_100, 2, 7_500_000),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
