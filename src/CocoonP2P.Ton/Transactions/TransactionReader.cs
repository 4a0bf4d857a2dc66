using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

// transaction$0111 account_addr:bits256 lt:uint64 prev_trans_hash:bits256 prev_trans_lt:uint64 now:uint32 outmsg_cnt:uint15
//   orig_status:AccountStatus end_status:AccountStatus ^[ in_msg:(Maybe ^(Message Any)) out_msgs:(HashmapE 15 ^(Message Any)) ]
//   total_fees:CurrencyCollection state_update:^(HASH_UPDATE Account) description:^TransactionDescr = Transaction;

/// <summary>Reads a transaction's frame and its messages.</summary>
internal static class TransactionReader
{
    /// <summary>The most messages one transaction can send.</summary>
    private const int MaxOutMessages = 255;

    private static readonly HashmapOptions<ulong, Cell> OutMessages = new(
        15,
        static (target, index) => target.StoreUint(index, 15),
        static source => source.LoadUint(15),
        static (target, cell) => target.StoreRef(cell),
        static source => source.LoadRef());

    public static bool TryRead(Cell cell, [NotNullWhen(true)] out Transaction? transaction)
    {
        transaction = null;
        CellSlice slice = cell.BeginParse();
        bool read = slice.TryLoadUint(4, out ulong tag)
            & slice.TryLoadBits256(out Bits256 account)
            & slice.TryLoadUint(64, out ulong lt)
            & slice.TryLoadBits256(out Bits256 previousHash)
            & slice.TryLoadUint(64, out ulong previousLt)
            & slice.TryLoadUint(32, out ulong now)
            & slice.TryLoadUint(15, out ulong outCount)
            & slice.TrySkip(4);
        if (!read || tag != 0b0111 || cell.IsExotic || !slice.TryLoadRef(out Cell? messages)
            || !TryReadMessages(messages, (int)outCount, out Cell? inMessage, out ImmutableArray<Cell> outMessages)
            || !(slice.TryLoadCoins(out Coins fees) & slice.TryLoadMaybeRef(out _))
            || !slice.TryLoadRef(out _) || !slice.TryLoadRef(out Cell? description) || !slice.IsEmpty
            || !PhaseReader.TryRead(description, out TransactionPhases? phases))
        {
            return false;
        }

        transaction = new Transaction
        {
            Id = new TransactionId(lt, cell.Hash),
            Previous = new TransactionId(previousLt, previousHash),
            Account = account,
            Now = (uint)now,
            InMessage = inMessage,
            OutMessages = outMessages,
            TotalFees = fees,
            Phases = phases,
        };
        return true;
    }

    private static bool TryReadMessages(Cell cell, int outCount, out Cell? inMessage, out ImmutableArray<Cell> outMessages)
    {
        outMessages = [];
        CellSlice slice = cell.BeginParse();
        if (!slice.TryLoadMaybeRef(out inMessage) || !slice.TryLoadMaybeRef(out Cell? root) || !slice.IsEmpty
            || !HashmapE<ulong, Cell>.TryParse(root, OutMessages, out HashmapE<ulong, Cell>? sent, MaxOutMessages)
            || sent.Count != outCount)
        {
            return false;
        }

        outMessages = [.. sent.Entries.Select(static entry => entry.Value)];
        return true;
    }
}
