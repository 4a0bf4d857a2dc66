namespace CocoonP2P.Ton;

/// <summary>The stage of an account's life.</summary>
public enum AccountStatus
{
    /// <summary>No code yet, perhaps a balance; or deleted, or never heard of.</summary>
    Uninitialized = 0,

    /// <summary>Has code and data.</summary>
    Active = 1,

    /// <summary>Owed rent for long; only the hash of code and data is left.</summary>
    Frozen = 2,
}

/// <summary>An account as one endpoint saw it.</summary>
/// <param name="Status">The stage.</param>
/// <param name="Balance">All its coins.</param>
/// <param name="Code">The program, null unless active.</param>
/// <param name="Data">The storage, null unless active.</param>
/// <param name="LastTransaction">Its newest transaction; logical time 0 for an account without any.</param>
/// <param name="SyncTime">Unix seconds of the block that this is the state of.</param>
public sealed record AccountState(
    AccountStatus Status, Coins Balance, Cell? Code, Cell? Data, TransactionId LastTransaction, uint SyncTime);
