namespace CocoonP2P.Ton.LocalChain.Ledger;

/// <summary>An address of the ledger: the TVM's bytes, read only when somebody asks.</summary>
internal sealed class Account(string shardBase64, TransactionRecord? last)
{
    private StoredAccount? state;

    /// <summary>ShardAccount as a bag of cells, the way the TVM takes it.</summary>
    public string ShardBase64 => shardBase64;

    /// <summary>The newest transaction; older ones hang on it.</summary>
    public TransactionRecord? Last => last;

    public StoredAccount State => state ??= StoredAccount.Read(BagOfCells.DecodeBase64(shardBase64));

    public static Account Empty(Address address, TransactionRecord? last = null) =>
        new(BagOfCells.EncodeBase64(StoredAccount.Empty(address)), last);
}
