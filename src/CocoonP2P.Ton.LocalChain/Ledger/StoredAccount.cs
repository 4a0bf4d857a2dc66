namespace CocoonP2P.Ton.LocalChain.Ledger;

// account_none$0 = Account;
// account$1 addr:MsgAddressInt storage_stat:StorageInfo storage:AccountStorage = Account;
// _ account:^Account last_trans_hash:bits256 last_trans_lt:uint64 = ShardAccount;
// storage_info$_ used:StorageUsed storage_extra:StorageExtraInfo last_paid:uint32 due_payment:(Maybe Coins) = StorageInfo;
// account_storage$_ last_trans_lt:uint64 balance:CurrencyCollection state:AccountState = AccountStorage;

/// <summary>An account as the chain stores it.</summary>
internal sealed record StoredAccount(AccountStatus Status, Coins Balance, Cell? Code, Cell? Data)
{
    public static readonly StoredAccount Nothing = new(AccountStatus.Uninitialized, Coins.Zero, null, null);

    /// <summary>Reads a ShardAccount that the TVM returned.</summary>
    public static StoredAccount Read(Cell shardAccount)
    {
        CellSlice account = shardAccount.BeginParse().LoadRef().BeginParse();
        if (!account.LoadBit())
        {
            return Nothing;
        }

        account.LoadAddress();
        account.SkipStorageUsed();
        if (account.LoadUint(3) == 1)
        {
            account.Skip(256);
        }

        account.Skip(32);
        account.LoadMaybeCoins();
        account.Skip(64);
        StoredAccount bare = Nothing with { Balance = account.LoadCurrency() };
        if (account.LoadBit())
        {
            account.Skip(account.LoadBit() ? 5 : 0);
            account.Skip(account.LoadBit() ? 2 : 0);
            return bare with { Status = AccountStatus.Active, Code = account.LoadMaybeRef(), Data = account.LoadMaybeRef() };
        }

        return account.LoadBit() ? bare with { Status = AccountStatus.Frozen } : bare;
    }

    /// <summary>The ShardAccount of an address at which nothing stands yet.</summary>
    public static Cell Empty(Address address)
    {
        Cell account = new CellBuilder().StoreBit(true).StoreAddress(address)
            .StoreUint(0UL, 6).StoreUint(0UL, 3).StoreUint(0UL, 32).StoreBit(false)
            .StoreUint(0UL, 64).StoreCoins(Coins.Zero).StoreBit(false).StoreUint(0UL, 2)
            .EndCell();
        return new CellBuilder().StoreRef(account).StoreUint(0UL, 256).StoreUint(0UL, 64).EndCell();
    }
}
