using CocoonP2P.Ton;

namespace CocoonP2P.Storage;

/// <summary>One row that shall be durable.</summary>
internal abstract record JournalWrite
{
    private JournalWrite()
    {
    }

    /// <summary>A channel as it now is; replaces what was.</summary>
    public sealed record PutChannel(Bits256 Channel, byte[] Snapshot) : JournalWrite;

    /// <summary>What is about to be signed. The same again is fine; another hash under the same key is refused.</summary>
    public sealed record AddRecord(RecordKey Key, Bits256 Hash) : JournalWrite;

    /// <summary>A finished job.</summary>
    public sealed record AddLeaf(Bits256 Channel, ulong Epoch, Bits256 Previous, JobLeaf Leaf) : JournalWrite;

    /// <summary>A wallet's signed transfer, before it is sent, or its outcome after.</summary>
    public sealed record PutIntent(IntentRow Row) : JournalWrite;

    /// <summary>What was learnt of a worker; replaces what was, and null forgets it.</summary>
    public sealed record PutMarket(byte[] Worker, byte[]? Record) : JournalWrite;
}

/// <summary>Names a signature: of one kind and number there is one in an epoch.</summary>
/// <param name="Channel">Hash part of the channel's address.</param>
/// <param name="Epoch">Of the channel.</param>
/// <param name="Kind">What is signed.</param>
/// <param name="Number">A state's number, a receipt's job, an end's last second.</param>
internal readonly record struct RecordKey(Bits256 Channel, ulong Epoch, RecordKind Kind, ulong Number);

/// <summary>What is signed.</summary>
internal enum RecordKind
{
    State = 1,
    Receipt = 2,
    Final = 3,
}

/// <summary>A finished job's row.</summary>
internal sealed record JobLeaf(ulong JobId, ulong Amount, Bits256 JobHash, Bits256 ResultHash);

/// <summary>A wallet's transfer: built and signed once, sent until its outcome is known.</summary>
/// <param name="Name">What it is for; the same name is the same transfer.</param>
/// <param name="Seqno">The wallet's number that it uses up.</param>
/// <param name="ValidUntil">Unix seconds after which it cannot be executed.</param>
/// <param name="Boc">The external message.</param>
/// <param name="Outcome">0 open, 1 executed, 2 expired.</param>
internal sealed record IntentRow(string Name, uint Seqno, uint ValidUntil, byte[] Boc, int Outcome);
