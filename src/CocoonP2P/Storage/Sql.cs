using Microsoft.Data.Sqlite;

namespace CocoonP2P.Storage;

/// <summary>Statements in one line. Every text is a constant of this folder; values go in as parameters.</summary>
internal static class Sql
{
    public static int Run(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Make(connection, text, values);
        return command.ExecuteNonQuery();
    }

    public static List<T> Read<T>(
        SqliteConnection connection, string text, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Make(connection, text, values);
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>SQLite's integers are signed; a number of 64 bits keeps its bits.</summary>
    public static long Bits(ulong value) => unchecked((long)value);

    public static ulong Bits(long value) => unchecked((ulong)value);

    // The texts are this folder's constants.
#pragma warning disable CA2100
    private static SqliteCommand Make(SqliteConnection connection, string text, ReadOnlySpan<(string Name, object Value)> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
#pragma warning restore CA2100
        foreach ((string name, object value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
