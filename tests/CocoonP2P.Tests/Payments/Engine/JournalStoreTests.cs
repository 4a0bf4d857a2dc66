using CocoonP2P.Payments;
using CocoonP2P.Storage;

namespace CocoonP2P.Tests.Payments;

public sealed class JournalStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(ChannelRole.Client))]
    [InlineData(nameof(ChannelRole.Worker))]
    public async Task A_channel_comes_back_from_the_journal_as_a_restart_makes_it(string role)
    {
        ChannelState state = Busy(Enum.Parse<ChannelRole>(role));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cocoon-store-");
        try
        {
            string file = Path.Combine(folder.FullName, "journal.db");
            await using (Journal journal = Journal.Open(file))
            {
                ChannelState before = new() { Settings = state.Settings };
                await new JournalStore(journal).WriteAsync(
                    before, new ChannelEffect.Persist(state, [new Signable.State(state.Ledger.Body)]), Token);
            }

            await using Journal again = Journal.Open(file);
            ChannelState loaded = new JournalStore(again).Load().Single();
            Assert.Equal(SnapshotCodec.Encode(Restart.Of(state, 2, restored: false)), SnapshotCodec.Encode(loaded));
            Assert.Equal(2UL, loaded.Generation);
            Assert.Equal(state.Ledger.Batch.Records.Values, loaded.Ledger.Batch.Records.Values);
            Assert.Equal(state.Ledger.Body, loaded.Ledger.Body);
            Assert.Equal(state.Held?.Body, loaded.Held?.Body);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_and_never_an_exception()
    {
        byte[] bytes = SnapshotCodec.Encode(Busy(ChannelRole.Client));
        for (int at = 0; at < bytes.Length; at++)
        {
            SnapshotCodec.TryDecode(bytes.AsMemory(0, at), out ChannelState? _);
        }

        Assert.False(SnapshotCodec.TryDecode(bytes.AsMemory(0, bytes.Length - 1), out ChannelState? _));
        Assert.True(SnapshotCodec.TryDecode(bytes, out ChannelState? _));
    }

    /// <summary>Finished jobs, a running one, an unacknowledged state, an offered end.</summary>
    private static ChannelState Busy(ChannelRole role)
    {
        ModelPair pair = new ModelPair().Opened();
        new JobScript(pair, 1).RunAll(2);
        new JobScript(pair, 2).RunAll(1);
        JobScript job = new(pair, 3);
        job.Lock(receiptLock: true);
        job.Chunk();
        pair.Client.Step(new ChannelEvent.JobWanted(ModelPair.Order(4)), pair.Now);
        ChannelState state = (role == ChannelRole.Client ? pair.Client : pair.Worker).State;
        FinalBody end = new(9, state.Ledger.Body.Cumulative, pair.Seconds, default);
        return state with { Final = new FinalRecord(end, true, null, pair.Now), DrainingSince = pair.Now };
    }
}
