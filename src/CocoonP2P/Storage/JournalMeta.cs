using Microsoft.Data.Sqlite;

namespace CocoonP2P.Storage;

/// <summary>The few numbers that the journal keeps about itself.</summary>
internal static class JournalMeta
{
    public const string Generation = "generation";

    /// <summary>The start at which an older copy was found; rows last written before it may have been newer once.</summary>
    public const string RestoredAt = "restored_at";

    public static ulong Read(SqliteConnection connection, string key) =>
        Sql.Bits(Sql.Read(connection, "SELECT value FROM meta WHERE key = $key", row => row.GetInt64(0), ("$key", key)).FirstOrDefault());

    /// <summary>Begins a generation, in one transaction with what was found at this start.</summary>
    public static void Start(SqliteConnection connection, ulong generation, bool restored)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        Put(connection, Generation, generation);
        if (restored)
        {
            Put(connection, RestoredAt, generation);
        }

        transaction.Commit();
    }

    private static void Put(SqliteConnection connection, string key, ulong value) =>
        Sql.Run(connection, "INSERT OR REPLACE INTO meta VALUES($key, $value)", ("$key", key), ("$value", Sql.Bits(value)));
}
