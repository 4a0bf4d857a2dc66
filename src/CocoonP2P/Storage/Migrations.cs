using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CocoonP2P.Storage;

/// <summary>The journal's schema, a step a version. A step is never edited; the next one is appended.</summary>
internal static class Migrations
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE channel(address BLOB PRIMARY KEY, snapshot BLOB NOT NULL, generation INTEGER NOT NULL) STRICT;
        CREATE TABLE record(channel BLOB, epoch INTEGER, kind INTEGER, number INTEGER, hash BLOB NOT NULL,
            PRIMARY KEY(channel, epoch, kind, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE leaf(channel BLOB, epoch INTEGER, job INTEGER, previous BLOB NOT NULL, amount INTEGER NOT NULL,
            job_hash BLOB NOT NULL, result_hash BLOB NOT NULL, PRIMARY KEY(channel, epoch, job)) STRICT, WITHOUT ROWID;
        CREATE INDEX leaf_by_batch ON leaf(channel, epoch, previous);
        CREATE TABLE intent(name TEXT PRIMARY KEY, seqno INTEGER NOT NULL, valid_until INTEGER NOT NULL, boc BLOB NOT NULL,
            outcome INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """,
        "CREATE TABLE market(worker BLOB PRIMARY KEY, record BLOB NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE floor(name TEXT PRIMARY KEY, milliseconds INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
    ];

    /// <summary>The schema that this program writes.</summary>
    public static int Newest => Steps.Length;

    /// <summary>Brings the file to this program's schema, or refuses a later one by name.</summary>
    public static void Apply(SqliteConnection connection, string path)
    {
        int version = Version(connection);
        if (version > Newest)
        {
            throw new JournalException(
                JournalException.NewerSchema,
                string.Create(CultureInfo.InvariantCulture, $"{path} has schema {version}; this program knows up to {Newest}: start the version that wrote it"));
        }

        for (int step = version; step < Newest; step++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            Sql.Run(connection, Steps[step]);
            Sql.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {step + 1}"));
            transaction.Commit();
        }
    }

    private static int Version(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
