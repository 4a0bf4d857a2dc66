using CocoonP2P.Storage;
using CocoonP2P.Ton;
using Microsoft.Data.Sqlite;

namespace CocoonP2P.Tests.Storage;

public sealed class JournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cocoon-journal-");

    private string File => Path.Combine(_folder.FullName, "journal.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_completed_is_there_after_a_restart()
    {
        await using (Journal journal = Journal.Open(File))
        {
            await journal.WriteAsync(
                [new JournalWrite.PutChannel(Bits(1), [1, 2]), new JournalWrite.AddRecord(Key(5), Bits(6)), Leaf(9)], Token);
        }

        await using Journal again = Journal.Open(File);
        Assert.Equal(2UL, again.Generation);
        Assert.Equal([1, 2], again.Channels().Single().Snapshot);
        Assert.False(again.Channels().Single().Restored);
        Assert.True(again.Holds(Key(5), Bits(6)));
        Assert.False(again.Holds(Key(5), Bits(7)));
        Assert.Equal(9UL, again.Leaves(Bits(1), ulong.MaxValue, Bits(3)).Single().JobId);
    }

    [Fact]
    public async Task A_second_body_under_one_number_is_refused_and_takes_nothing_along()
    {
        await using Journal journal = Journal.Open(File);
        await journal.WriteAsync([new JournalWrite.AddRecord(Key(5), Bits(6))], Token);
        await journal.WriteAsync([new JournalWrite.AddRecord(Key(5), Bits(6))], Token);
        JournalException refused = await Assert.ThrowsAsync<JournalException>(() => journal.WriteAsync(
            [new JournalWrite.PutChannel(Bits(1), [1]), new JournalWrite.AddRecord(Key(5), Bits(7))], Token).AsTask());
        Assert.Equal(JournalException.Conflict, refused.Code);
        Assert.Empty(journal.Channels());
    }

    [Fact]
    public async Task Writers_that_wait_together_are_all_durable_and_one_refusal_hits_only_its_own()
    {
        await using Journal journal = Journal.Open(File);
        await journal.WriteAsync([new JournalWrite.AddRecord(Key(0), Bits(1))], Token);
        Task[] writes = [.. Enumerable.Range(0, 100).Select(number => journal.WriteAsync(
            [new JournalWrite.AddRecord(Key((ulong)number), Bits((byte)(number + 2)))], Token).AsTask())];
        await Assert.ThrowsAsync<JournalException>(() => Task.WhenAll(writes));
        Assert.Equal(1, writes.Count(write => write.IsFaulted));
        Assert.All(Enumerable.Range(1, 99), number => Assert.True(journal.Holds(Key((ulong)number), Bits((byte)(number + 2)))));
    }

    [Fact]
    public async Task An_older_copy_of_the_database_is_noticed_until_its_channels_are_written_again()
    {
        await WriteOnceAsync(1);
        System.IO.File.Copy(File, File + ".backup");
        await WriteOnceAsync(2);
        System.IO.File.Copy(File + ".backup", File, overwrite: true);
        await using (Journal restored = Journal.Open(File))
        {
            Assert.True(restored.Channels().Single().Restored);
        }

        await using Journal later = Journal.Open(File);
        Assert.True(later.Channels().Single().Restored);
        await later.WriteAsync([new JournalWrite.PutChannel(Bits(1), [3])], Token);
        Assert.False(later.Channels().Single().Restored);
    }

    [Fact]
    public async Task A_missing_mirror_beside_a_database_counts_as_restored()
    {
        await WriteOnceAsync(1);
        System.IO.File.Delete(File + ".generation");
        await using Journal journal = Journal.Open(File);
        Assert.True(journal.Channels().Single().Restored);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_by_name()
    {
        await WriteOnceAsync(1);
        await using (SqliteConnection connection = new($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(Token);
        }

        JournalException refused = Assert.Throws<JournalException>(() => Journal.Open(File));
        Assert.Equal(JournalException.NewerSchema, refused.Code);
        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 8192), Token);
        Assert.Equal(JournalException.Broken, Assert.Throws<JournalException>(() => Journal.Open(File)).Code);
    }

    [Fact]
    public async Task A_transfer_is_open_until_its_outcome_is_written()
    {
        await using Journal journal = Journal.Open(File);
        IntentRow intent = new("a/1", 7, 100, [1], 0);
        await journal.WriteAsync([new JournalWrite.PutIntent(intent)], Token);
        Assert.Equal("a/1", journal.OpenIntents().Single().Name);
        await journal.WriteAsync([new JournalWrite.PutIntent(intent with { Outcome = 1 })], Token);
        Assert.Empty(journal.OpenIntents());
        Assert.Equal(1, journal.Intent("a/1")!.Outcome);
    }

    private static Bits256 Bits(byte seed) => new(Enumerable.Repeat(seed, 32).ToArray());

    private static RecordKey Key(ulong number) => new(Bits(1), ulong.MaxValue, RecordKind.State, number);

    private static JournalWrite.AddLeaf Leaf(ulong job) => new(Bits(1), ulong.MaxValue, Bits(3), new JobLeaf(job, 1, Bits(4), Bits(5)));

    private async Task WriteOnceAsync(byte content)
    {
        await using Journal journal = Journal.Open(File);
        await journal.WriteAsync([new JournalWrite.PutChannel(Bits(1), [content])], Token);
    }
}
