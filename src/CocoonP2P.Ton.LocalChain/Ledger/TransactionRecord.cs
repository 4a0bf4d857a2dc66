using System.Collections.Immutable;

namespace CocoonP2P.Ton.LocalChain.Ledger;

/// <summary>One transaction of the chain, linked to those before it.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Cell">As the TVM made it.</param>
/// <param name="Transaction">The same, decoded.</param>
/// <param name="Out">The messages it sent.</param>
/// <param name="Previous">The account's transaction before this one.</param>
/// <param name="Earlier">The chain's transaction before this one, of any account.</param>
internal sealed record TransactionRecord(
    Address Account,
    Cell Cell,
    Transaction Transaction,
    ImmutableArray<MessageRecord> Out,
    TransactionRecord? Previous,
    TransactionRecord? Earlier)
{
    // Up to and with orig_status: tag, address, lt, previous hash and lt, now, count of messages.
    private const int BitsBeforeEndStatus = 4 + 256 + 64 + 256 + 64 + 32 + 15 + 2;
    private const ulong Nonexistent = 3;

    /// <summary>Whether nothing stands at the address afterwards.</summary>
    public bool LeavesNothing => Cell.BeginParse().Skip(BitsBeforeEndStatus).LoadUint(2) == Nonexistent;

    public MessageRecord? In => Transaction.InMessage is { } cell ? MessageRecord.Read(cell) : null;

    public static TransactionRecord Read(string base64, Address account, TransactionRecord? previous, TransactionRecord? earlier)
    {
        Cell cell = BagOfCells.DecodeBase64(base64);
        return Transaction.TryParse(cell, out Transaction? transaction)
            ? new TransactionRecord(account, cell, transaction, [.. transaction.OutMessages.Select(MessageRecord.Read)], previous, earlier)
            : throw new Tvm.TvmException("The TVM made a transaction that is not an ordinary one.");
    }
}
