using Microsoft.Data.Sqlite;

namespace CocoonP2P.Storage;

/// <summary>Commits a group of batches in one transaction, each in a savepoint: one that is refused takes none along.</summary>
internal static class JournalWriter
{
    public static void Commit(SqliteConnection connection, List<JournalBatch> group, ulong generation)
    {
        JournalException? failure = null;
        try
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            foreach (JournalBatch batch in group)
            {
                transaction.Save("batch");
                batch.Refused = Write(connection, batch, generation);
                if (batch.Refused is not null)
                {
                    transaction.Rollback("batch");
                }

                transaction.Release("batch");
            }

            transaction.Commit();
        }
        catch (SqliteException e)
        {
            failure = new JournalException(JournalException.Broken, e.Message, e);
        }

        foreach (JournalBatch batch in group)
        {
            batch.Finish(failure);
        }
    }

    private static JournalException? Write(SqliteConnection connection, JournalBatch batch, ulong generation)
    {
        foreach (JournalWrite write in batch.Writes)
        {
            switch (write)
            {
                case JournalWrite.PutChannel put:
                    Sql.Run(
                        connection,
                        "INSERT OR REPLACE INTO channel VALUES($channel, $snapshot, $generation)",
                        ("$channel", put.Channel.ToArray()), ("$snapshot", put.Snapshot), ("$generation", Sql.Bits(generation)));
                    break;
                case JournalWrite.AddRecord add when !Add(connection, add):
                    return new JournalException(
                        JournalException.Conflict, $"another {add.Key.Kind} is recorded under number {add.Key.Number}");
                case JournalWrite.AddLeaf add:
                    AddLeaf(connection, add);
                    break;
                case JournalWrite.PutIntent put:
                    PutIntent(connection, put.Row);
                    break;
                case JournalWrite.PutMarket { Record: { } record } put:
                    Sql.Run(connection, "INSERT OR REPLACE INTO market VALUES($worker, $record)", ("$worker", put.Worker), ("$record", record));
                    break;
                case JournalWrite.PutMarket forgotten:
                    Sql.Run(connection, "DELETE FROM market WHERE worker = $worker", ("$worker", forgotten.Worker));
                    break;
            }
        }

        return null;
    }

    /// <summary>True where the row was added, or is there with the same hash.</summary>
    private static bool Add(SqliteConnection connection, JournalWrite.AddRecord add)
    {
        Sql.Run(
            connection,
            "INSERT OR IGNORE INTO record VALUES($channel, $epoch, $kind, $number, $hash)",
            [.. JournalQueries.Named(add.Key), ("$hash", add.Hash.ToArray())]);
        return Sql.Read(
            connection,
            "SELECT hash = $hash FROM record WHERE channel = $channel AND epoch = $epoch AND kind = $kind AND number = $number",
            row => row.GetBoolean(0),
            [.. JournalQueries.Named(add.Key), ("$hash", add.Hash.ToArray())])[0];
    }

    private static void AddLeaf(SqliteConnection connection, JournalWrite.AddLeaf add) => Sql.Run(
        connection,
        "INSERT OR IGNORE INTO leaf VALUES($channel, $epoch, $job, $previous, $amount, $jobHash, $resultHash)",
        ("$channel", add.Channel.ToArray()), ("$epoch", Sql.Bits(add.Epoch)), ("$job", Sql.Bits(add.Leaf.JobId)),
        ("$previous", add.Previous.ToArray()), ("$amount", Sql.Bits(add.Leaf.Amount)),
        ("$jobHash", add.Leaf.JobHash.ToArray()), ("$resultHash", add.Leaf.ResultHash.ToArray()));

    private static void PutIntent(SqliteConnection connection, IntentRow row) => Sql.Run(
        connection,
        "INSERT OR REPLACE INTO intent VALUES($name, $seqno, $until, $boc, $outcome)",
        ("$name", row.Name), ("$seqno", (long)row.Seqno), ("$until", (long)row.ValidUntil), ("$boc", row.Boc), ("$outcome", row.Outcome));
}
