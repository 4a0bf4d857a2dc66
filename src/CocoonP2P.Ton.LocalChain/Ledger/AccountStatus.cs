namespace CocoonP2P.Ton.LocalChain.Ledger;

/// <summary>What stands at an address.</summary>
internal enum AccountStatus
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A balance and no code.</summary>
    Uninitialized,

    /// <summary>Code and data.</summary>
    Active,

    /// <summary>Rent unpaid for too long: only a hash of code and data is left.</summary>
    Frozen,
}
