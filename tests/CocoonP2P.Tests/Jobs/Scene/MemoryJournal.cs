using CocoonP2P.Storage;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Jobs.Scene;

/// <summary>A journal that forgets with the test.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Dictionary<RecordKey, Bits256> _records = [];

    public ulong Generation => 1;

    public ValueTask WriteAsync(IReadOnlyList<JournalWrite> writes, CancellationToken cancellation)
    {
        foreach (JournalWrite.AddRecord record in writes.OfType<JournalWrite.AddRecord>())
        {
            Assert.Equal(record.Hash, _records.TryGetValue(record.Key, out Bits256 known) ? known : record.Hash);
            _records[record.Key] = record.Hash;
        }

        return ValueTask.CompletedTask;
    }

    public bool Holds(RecordKey key, Bits256 hash) => _records.TryGetValue(key, out Bits256 known) && known == hash;

    public IReadOnlyList<ChannelRow> Channels() => [];

    public IReadOnlyList<JobLeaf> Leaves(Bits256 channel, ulong epoch, Bits256 previous) => [];

    public IntentRow? Intent(string name) => null;

    public IReadOnlyList<IntentRow> OpenIntents() => [];

    public IReadOnlyList<(byte[] Worker, byte[] Record)> Market() => [];
}
