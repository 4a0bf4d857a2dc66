namespace CocoonP2P.Ton.LocalChain;

/// <summary>Where all coins are. Their sum is what the chain began with, always: <see cref="IsConserved"/>.</summary>
/// <param name="Genesis">All coins there are.</param>
/// <param name="Treasury">Not yet given to anybody.</param>
/// <param name="Accounts">Sum of all balances.</param>
/// <param name="InFlight">In messages on the way, their forward fees included.</param>
/// <param name="Fees">Collected for good; <paramref name="Rent"/> is part of it.</param>
/// <param name="Rent">Collected for storage.</param>
public sealed record ChainTotals(Coins Genesis, Coins Treasury, Coins Accounts, Coins InFlight, Coins Fees, Coins Rent)
{
    /// <summary>Whether no coin was made or lost.</summary>
    public bool IsConserved => Treasury + Accounts + InFlight + Fees == Genesis;
}
