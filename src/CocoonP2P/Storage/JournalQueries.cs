using CocoonP2P.Ton;
using Microsoft.Data.Sqlite;

namespace CocoonP2P.Storage;

/// <summary>Reads of the journal, one at a time.</summary>
internal sealed class JournalQueries(SqliteConnection connection, ulong restoredAt)
{
    private readonly Lock _gate = new();

    public static (string Name, object Value)[] Named(RecordKey key) =>
    [
        ("$channel", key.Channel.ToArray()), ("$epoch", Sql.Bits(key.Epoch)), ("$kind", (long)key.Kind), ("$number", Sql.Bits(key.Number)),
    ];

    public bool Holds(RecordKey key, Bits256 hash)
    {
        lock (_gate)
        {
            return Sql.Read(
                connection,
                "SELECT 1 FROM record WHERE channel = $channel AND epoch = $epoch AND kind = $kind AND number = $number AND hash = $hash",
                row => row.GetInt32(0),
                [.. Named(key), ("$hash", hash.ToArray())]).Count == 1;
        }
    }

    public List<ChannelRow> Channels()
    {
        lock (_gate)
        {
            return Sql.Read(
                connection,
                "SELECT address, snapshot, generation FROM channel ORDER BY address",
                row => new ChannelRow(Bits(row, 0), row.GetFieldValue<byte[]>(1), Sql.Bits(row.GetInt64(2)) < restoredAt));
        }
    }

    public List<JobLeaf> Leaves(Bits256 channel, ulong epoch, Bits256 previous)
    {
        lock (_gate)
        {
            return Sql.Read(
                connection,
                """
                SELECT job, amount, job_hash, result_hash FROM leaf
                WHERE channel = $channel AND epoch = $epoch AND previous = $previous ORDER BY job
                """,
                row => new JobLeaf(Sql.Bits(row.GetInt64(0)), Sql.Bits(row.GetInt64(1)), Bits(row, 2), Bits(row, 3)),
                ("$channel", channel.ToArray()), ("$epoch", Sql.Bits(epoch)), ("$previous", previous.ToArray()));
        }
    }

    public IntentRow? Intent(string name)
    {
        lock (_gate)
        {
            return Sql.Read(connection, "SELECT * FROM intent WHERE name = $name", ReadIntent, ("$name", name)).SingleOrDefault();
        }
    }

    public List<IntentRow> OpenIntents()
    {
        lock (_gate)
        {
            return Sql.Read(connection, "SELECT * FROM intent WHERE outcome = 0 ORDER BY seqno", ReadIntent);
        }
    }

    public List<(byte[] Worker, byte[] Record)> Market()
    {
        lock (_gate)
        {
            return Sql.Read(connection, "SELECT worker, record FROM market", row => (row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)));
        }
    }

    private static IntentRow ReadIntent(SqliteDataReader row) => new(
        row.GetString(0), (uint)row.GetInt64(1), (uint)row.GetInt64(2), row.GetFieldValue<byte[]>(3), row.GetInt32(4));

    private static Bits256 Bits(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));
}
