using System.Collections.Immutable;

namespace CocoonP2P.Ton.LocalChain.Ledger;

// transaction$0111 account_addr:bits256 lt:uint64 prev_trans_hash:bits256 prev_trans_lt:uint64 now:uint32 outmsg_cnt:uint15
//   orig_status:AccountStatus end_status:AccountStatus
//   ^[ in_msg:(Maybe ^(Message Any)) out_msgs:(HashmapE 15 ^(Message Any)) ]
//   total_fees:CurrencyCollection state_update:^(HASH_UPDATE Account) description:^TransactionDescr = Transaction;
// trans_ord$0000 credit_first:Bool storage_ph:(Maybe TrStoragePhase) credit_ph:(Maybe TrCreditPhase) compute_ph:TrComputePhase
//   action:(Maybe ^TrActionPhase) aborted:Bool bounce:(Maybe TrBouncePhase) destroyed:Bool = TransactionDescr;

/// <summary>Reads the transactions that the TVM returns.</summary>
internal static class TransactionReader
{
    private const ulong EndsNonexistent = 3;

    private static readonly HashmapOptions<uint, Cell> OutMessages = new(
        15,
        static (target, key) => target.StoreUint(key, 15),
        static source => (uint)source.LoadUint(15),
        static (target, message) => target.StoreRef(message),
        static source => source.LoadRef());

    public static TransactionRecord Read(Cell cell, Address account)
    {
        CellSlice slice = cell.BeginParse().Skip(4 + 256);
        ulong lt = slice.LoadUint(64);
        slice.Skip(256 + 64);
        uint now = (uint)slice.LoadUint(32);
        slice.Skip(15 + 2);
        bool gone = slice.LoadUint(2) == EndsNonexistent;
        CellSlice messages = slice.LoadRef().BeginParse();
        Cell? input = messages.LoadMaybeRef();
        HashmapE<uint, Cell> outputs = HashmapE<uint, Cell>.Parse(messages.LoadMaybeRef(), OutMessages);
        Coins fees = slice.LoadCurrency();
        slice.LoadRef();
        CellSlice description = slice.LoadRef().BeginParse();
        description.Skip(4 + 1);
        return new TransactionRecord
        {
            Account = account,
            Lt = lt,
            Now = now,
            Cell = cell,
            In = input is null ? null : MessageRecord.Read(input),
            Out = [.. outputs.Entries.OrderBy(static e => e.Key).Select(static e => MessageRecord.Read(e.Value))],
            TotalFees = fees,
            StorageFees = ReadStoragePhase(description),
            Outcome = ReadPhases(description) with { AccountGone = gone },
        };
    }

    private static Coins ReadStoragePhase(CellSlice slice)
    {
        if (!slice.LoadBit())
        {
            return Coins.Zero;
        }

        Coins collected = slice.LoadCoins();
        slice.LoadMaybeCoins();
        SkipStatusChange(slice);
        return collected;
    }

    private static PhaseOutcome ReadPhases(CellSlice slice)
    {
        if (slice.LoadBit())
        {
            slice.LoadMaybeCoins();
            slice.LoadCurrency();
        }

        (int? exit, ulong gas) = ReadComputePhase(slice);
        int? action = slice.LoadBit() ? ReadActionCode(slice.LoadRef().BeginParse()) : null;
        bool aborted = slice.LoadBit();
        bool bounced = slice.LoadBit() && ReadBouncePhase(slice);
        return new PhaseOutcome(exit, action, gas, aborted, bounced, AccountGone: false);
    }

    private static (int? Exit, ulong Gas) ReadComputePhase(CellSlice slice)
    {
        if (!slice.LoadBit())
        {
            // Reasons for not running: two bits, three for a suspended account.
            slice.Skip(slice.LoadUint(2) == 3 ? 1 : 0);
            return (null, 0);
        }

        slice.Skip(3);
        slice.LoadCoins();
        CellSlice details = slice.LoadRef().BeginParse();
        ulong gas = details.LoadVarUint(3);
        details.LoadVarUint(3);
        if (details.LoadBit())
        {
            details.LoadVarUint(2);
        }

        details.Skip(8);
        return ((int)details.LoadInt(32), gas);
    }

    private static int ReadActionCode(CellSlice slice)
    {
        slice.Skip(3);
        SkipStatusChange(slice);
        slice.LoadMaybeCoins();
        slice.LoadMaybeCoins();
        return (int)slice.LoadInt(32);
    }

    // tr_phase_bounce_ok$1, _nofunds$01, _negfunds$00: only the first sends the value back.
    private static bool ReadBouncePhase(CellSlice slice)
    {
        if (slice.LoadBit())
        {
            slice.SkipStorageUsed();
            slice.LoadCoins();
            slice.LoadCoins();
            return true;
        }

        if (slice.LoadBit())
        {
            slice.SkipStorageUsed();
            slice.LoadCoins();
        }

        return false;
    }

    private static void SkipStatusChange(CellSlice slice)
    {
        if (slice.LoadBit())
        {
            slice.Skip(1);
        }
    }
}
