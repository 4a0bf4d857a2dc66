using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

// trans_ord$0000 credit_first:Bool storage_ph:(Maybe TrStoragePhase) credit_ph:(Maybe TrCreditPhase) compute_ph:TrComputePhase
//   action:(Maybe ^TrActionPhase) aborted:Bool bounce:(Maybe TrBouncePhase) destroyed:Bool = TransactionDescr;

/// <summary>Reads what the phases of an ordinary transaction did.</summary>
internal static class PhaseReader
{
    public static bool TryRead(Cell cell, [NotNullWhen(true)] out TransactionPhases? phases)
    {
        phases = null;
        CellSlice slice = cell.BeginParse();
        if (!slice.TryLoadUint(4, out ulong tag) || tag != 0 || !slice.TrySkip(1)
            || !TryReadStorage(slice, out Coins storageFees)
            || !TrySkipCredit(slice)
            || !TryReadCompute(slice, out Compute compute)
            || !TryReadAction(slice, out int? actionCode)
            || !slice.TryLoadBit(out bool aborted)
            || !TrySkipBounce(slice)
            || !slice.TryLoadBit(out bool destroyed))
        {
            return false;
        }

        phases = new TransactionPhases
        {
            StorageFees = storageFees,
            ComputeRan = compute.Ran,
            ComputeSucceeded = compute.Succeeded,
            ExitCode = compute.ExitCode,
            GasUsed = compute.GasUsed,
            GasFees = compute.GasFees,
            ActionCode = actionCode,
            Aborted = aborted,
            Destroyed = destroyed,
        };
        return true;
    }

    // tr_phase_storage$_ storage_fees_collected:Coins storage_fees_due:(Maybe Coins) status_change:AccStatusChange
    private static bool TryReadStorage(CellSlice slice, out Coins fees)
    {
        fees = Coins.Zero;
        return slice.TryLoadBit(out bool present)
            && (!present || (slice.TryLoadCoins(out fees) && TrySkipMaybeCoins(slice) && TrySkipStatusChange(slice)));
    }

    // tr_phase_credit$_ due_fees_collected:(Maybe Coins) credit:CurrencyCollection
    private static bool TrySkipCredit(CellSlice slice) =>
        slice.TryLoadBit(out bool present)
        && (!present || (TrySkipMaybeCoins(slice) && slice.TryLoadCoins(out _) && slice.TryLoadMaybeRef(out _)));

    // tr_phase_compute_skipped$0 reason:ComputeSkipReason / tr_phase_compute_vm$1 success:Bool msg_state_used:Bool
    //   account_activated:Bool gas_fees:Coins ^[ gas_used:(VarUInteger 7) gas_limit:(VarUInteger 7)
    //   gas_credit:(Maybe (VarUInteger 3)) mode:int8 exit_code:int32 ... ]
    private static bool TryReadCompute(CellSlice slice, out Compute compute)
    {
        compute = default;
        if (!slice.TryLoadBit(out bool ran))
        {
            return false;
        }

        if (!ran)
        {
            return slice.TryLoadUint(2, out ulong reason) && (reason != 0b11 || slice.TrySkip(1));
        }

        bool read = slice.TryLoadBit(out bool success) & slice.TrySkip(2) & slice.TryLoadCoins(out Coins fees);
        if (!read || !slice.TryLoadRef(out Cell? more))
        {
            return false;
        }

        CellSlice detail = more.BeginParse();
        read = detail.TryLoadVarUint(3, out UInt128 used) & detail.TryLoadVarUint(3, out _) & detail.TryLoadBit(out bool credited);
        if (!read || (credited && !detail.TryLoadVarUint(2, out _)) || !detail.TrySkip(8) || !detail.TryLoadInt(32, out long exit))
        {
            return false;
        }

        compute = new Compute(true, success, (int)exit, (ulong)used, fees);
        return true;
    }

    // tr_phase_action$_ success:Bool valid:Bool no_funds:Bool status_change:AccStatusChange total_fwd_fees:(Maybe Coins)
    //   total_action_fees:(Maybe Coins) result_code:int32 ...
    private static bool TryReadAction(CellSlice slice, out int? code)
    {
        code = null;
        if (!slice.TryLoadMaybeRef(out Cell? cell))
        {
            return false;
        }

        if (cell is null)
        {
            return true;
        }

        CellSlice action = cell.BeginParse();
        bool read = action.TrySkip(3) && TrySkipStatusChange(action) && TrySkipMaybeCoins(action) && TrySkipMaybeCoins(action);
        if (!read || !action.TryLoadInt(32, out long result))
        {
            return false;
        }

        code = (int)result;
        return true;
    }

    // tr_phase_bounce_negfunds$00 / tr_phase_bounce_nofunds$01 msg_size:StorageUsed req_fwd_fees:Coins
    //   / tr_phase_bounce_ok$1 msg_size:StorageUsed msg_fees:Coins fwd_fees:Coins
    private static bool TrySkipBounce(CellSlice slice)
    {
        if (!slice.TryLoadBit(out bool present) || (present && slice.RemainingBits < 2))
        {
            return false;
        }

        if (!present)
        {
            return true;
        }

        slice.TryLoadBit(out bool sent);
        if (sent)
        {
            return TrySkipSize(slice) && slice.TryLoadCoins(out _) && slice.TryLoadCoins(out _);
        }

        slice.TryLoadBit(out bool measured);
        return !measured || (TrySkipSize(slice) && slice.TryLoadCoins(out _));
    }

    // storage_used$_ cells:(VarUInteger 7) bits:(VarUInteger 7)
    private static bool TrySkipSize(CellSlice slice) => slice.TryLoadVarUint(3, out _) && slice.TryLoadVarUint(3, out _);

    private static bool TrySkipMaybeCoins(CellSlice slice) =>
        slice.TryLoadBit(out bool present) && (!present || slice.TryLoadCoins(out _));

    // acst_unchanged$0 / acst_frozen$10 / acst_deleted$11
    private static bool TrySkipStatusChange(CellSlice slice) =>
        slice.TryLoadBit(out bool changed) && (!changed || slice.TrySkip(1));

    private readonly record struct Compute(bool Ran, bool Succeeded, int ExitCode, ulong GasUsed, Coins GasFees);
}
