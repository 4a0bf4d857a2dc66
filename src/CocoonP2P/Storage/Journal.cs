using System.Threading.Channels;
using CocoonP2P.Ton;
using Microsoft.Data.Sqlite;

namespace CocoonP2P.Storage;

/// <summary>The journal in SQLite: write-ahead log, every commit synced to the disk, writers that wait together commit
/// together.</summary>
/// <remarks>One connection writes, on a loop that this object owns; another reads, under a lock. Writes that were
/// completed are visible to reads.</remarks>
internal sealed class Journal : IJournal, IAsyncDisposable
{
    /// <summary>Writers that may wait: far above the channels of one node. A full queue makes the next writer wait.</summary>
    private const int QueueLength = 1024;

    private readonly SqliteConnection _writing;
    private readonly SqliteConnection _reading;
    private readonly JournalQueries _queries;
    private readonly Channel<JournalBatch> _queue = Channel.CreateBounded<JournalBatch>(QueueLength);
    private readonly Task _loop;

    private Journal(SqliteConnection writing, SqliteConnection reading, ulong generation, ulong restoredAt)
    {
        (_writing, _reading, Generation) = (writing, reading, generation);
        _queries = new JournalQueries(reading, restoredAt);
        _loop = CommitAsync();
    }

    /// <inheritdoc/>
    public ulong Generation { get; }

    /// <summary>The floors of collateral and clock in the same file, on a connection of their own.</summary>
    /// <param name="path">Of a journal that is open.</param>
    public static FloorStore OpenFloors(string path) => new(Connect(path));

    /// <summary>Opens or makes a journal and bumps its generation.</summary>
    /// <param name="path">The database; its folder exists.</param>
    /// <exception cref="JournalException">The file is of a later version, or damaged.</exception>
    public static Journal Open(string path)
    {
        bool existed = File.Exists(path);
        SqliteConnection writing = Connect(path);
        try
        {
            Migrations.Apply(writing, path);
            GenerationMirror mirror = new(path + ".generation");
            ulong generation = JournalMeta.Read(writing, JournalMeta.Generation);
            bool restored = existed && generation > 0 && (mirror.Read() is not { } mirrored || mirrored > generation);
            ulong next = Math.Max(generation, mirror.Read() ?? 0) + 1;
            JournalMeta.Start(writing, next, restored);
            mirror.Write(next);
            return new Journal(writing, Connect(path), next, JournalMeta.Read(writing, JournalMeta.RestoredAt));
        }
        catch (Exception e)
        {
            writing.Dispose();
            if (e is SqliteException)
            {
                throw new JournalException(JournalException.Broken, $"{path}: {e.Message}", e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<JournalWrite> writes, CancellationToken cancellation)
    {
        JournalBatch batch = new(writes);
        await _queue.Writer.WriteAsync(batch, cancellation);

        // Once queued it will be written: a caller that gave up must not believe that it was not.
        await batch.Durable;
    }

    /// <inheritdoc/>
    public bool Holds(RecordKey key, Bits256 hash) => _queries.Holds(key, hash);

    /// <inheritdoc/>
    public IReadOnlyList<ChannelRow> Channels() => _queries.Channels();

    /// <inheritdoc/>
    public IReadOnlyList<JobLeaf> Leaves(Bits256 channel, ulong epoch, Bits256 previous) => _queries.Leaves(channel, epoch, previous);

    /// <inheritdoc/>
    public IntentRow? Intent(string name) => _queries.Intent(name);

    /// <inheritdoc/>
    public IReadOnlyList<IntentRow> OpenIntents() => _queries.OpenIntents();

    /// <inheritdoc/>
    public IReadOnlyList<(byte[] Worker, byte[] Record)> Market() => _queries.Market();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        await _reading.DisposeAsync();
        await _writing.DisposeAsync();
    }

    private static SqliteConnection Connect(string path)
    {
        SqliteConnectionStringBuilder options = new() { DataSource = path, Pooling = false };
        SqliteConnection connection = new(options.ConnectionString);
        try
        {
            connection.Open();
            Sql.Run(connection, "PRAGMA journal_mode = WAL");
            Sql.Run(connection, "PRAGMA synchronous = FULL");
            Sql.Run(connection, "PRAGMA busy_timeout = 5000");
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new JournalException(JournalException.Broken, $"{path}: {e.Message}", e);
        }
    }

    private async Task CommitAsync()
    {
        List<JournalBatch> group = [];
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < QueueLength && _queue.Reader.TryRead(out JournalBatch? batch))
            {
                group.Add(batch);
            }

            JournalWriter.Commit(_writing, group, Generation);
        }
    }
}
