using CocoonP2P.Attestation;
using Microsoft.Data.Sqlite;

namespace CocoonP2P.Storage;

/// <summary>
/// The floors of collateral and clock, in the journal: after a restart as before it, a host cannot serve what is older.
/// Raised only when new collateral was accepted, so each raise is a commit of its own.
/// </summary>
internal sealed class FloorStore : IMonotonicStore, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, DateTimeOffset> _floors;

    /// <param name="connection">Of the journal, for this store alone; it owns it.</param>
    public FloorStore(SqliteConnection connection)
    {
        _connection = connection;
        _floors = Sql.Read(connection, "SELECT name, milliseconds FROM floor", row => (Name: row.GetString(0), At: row.GetInt64(1)))
            .ToDictionary(f => f.Name, f => DateTimeOffset.FromUnixTimeMilliseconds(f.At), StringComparer.Ordinal);
    }

    public DateTimeOffset Floor(string name)
    {
        lock (_gate)
        {
            return _floors.GetValueOrDefault(name, DateTimeOffset.MinValue);
        }
    }

    public void Raise(string name, DateTimeOffset moment)
    {
        lock (_gate)
        {
            if (moment > _floors.GetValueOrDefault(name, DateTimeOffset.MinValue))
            {
                Sql.Run(
                    _connection, "INSERT OR REPLACE INTO floor VALUES($name, $at)", ("$name", name), ("$at", moment.ToUnixTimeMilliseconds()));
                _floors[name] = moment;
            }
        }
    }

    public void Dispose() => _connection.Dispose();
}
