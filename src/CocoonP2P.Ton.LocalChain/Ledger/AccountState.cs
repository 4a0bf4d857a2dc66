namespace CocoonP2P.Ton.LocalChain.Ledger;

// account_none$0 = Account;
// account$1 addr:MsgAddressInt storage_stat:StorageInfo storage:AccountStorage = Account;
// _ account:^Account last_trans_hash:bits256 last_trans_lt:uint64 = ShardAccount;
// storage_info$_ used:StorageUsed storage_extra:StorageExtraInfo last_paid:uint32 due_payment:(Maybe Coins) = StorageInfo;
// account_storage$_ last_trans_lt:uint64 balance:CurrencyCollection state:AccountState = AccountStorage;

/// <summary>An account as the chain stores it.</summary>
internal sealed record AccountState(AccountStatus Status, Coins Balance, Cell? Code, Cell? Data, Bits256 FrozenHash, uint LastPaid)
{
    public static readonly AccountState Nothing = new(AccountStatus.None, Coins.Zero, null, null, default, 0);

    /// <summary>Reads a ShardAccount that the TVM returned.</summary>
    public static AccountState Read(Cell shardAccount)
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

        uint lastPaid = (uint)account.LoadUint(32);
        account.LoadMaybeCoins();
        account.Skip(64);
        AccountState bare = Nothing with { Balance = account.LoadCurrency(), LastPaid = lastPaid };
        if (account.LoadBit())
        {
            account.Skip(account.LoadBit() ? 5 : 0);
            account.Skip(account.LoadBit() ? 2 : 0);
            return bare with { Status = AccountStatus.Active, Code = account.LoadMaybeRef(), Data = account.LoadMaybeRef() };
        }

        return account.LoadBit()
            ? bare with { Status = AccountStatus.Frozen, FrozenHash = account.LoadBits256() }
            : bare with { Status = AccountStatus.Uninitialized };
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
