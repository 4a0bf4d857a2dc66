using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>What a channel can still promise.</summary>
internal static class Deposits
{
    /// <summary>0.01 TON: kept from the balance for the cost of ending, twice the contract's own floor.</summary>
    public static readonly NanoTon KeptForEnding = new(10_000_000);

    /// <summary>min(deposit, paid + balance − 0.01) − cumulative − locked, or nothing.</summary>
    public static NanoTon Free(ChainView chain, NanoTon cumulative, NanoTon locked) =>
        Payable(chain).MinusOrZero(cumulative).MinusOrZero(locked);

    /// <summary>Whether all that is paid and locked can be paid out.</summary>
    public static bool Cover(ChainView chain, NanoTon cumulative, NanoTon locked) => Payable(chain) >= cumulative + locked;

    private static NanoTon Payable(ChainView chain) =>
        NanoTon.Min(chain.Deposit, (chain.Paid + chain.Balance).MinusOrZero(KeptForEnding));
}
