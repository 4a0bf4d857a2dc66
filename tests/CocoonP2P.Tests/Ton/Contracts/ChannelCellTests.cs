using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Tests.Ton.Contracts;

public sealed class ChannelCellTests
{
    private static readonly KeyPair ClientKey = KeyPair.FromSeed(Enumerable.Repeat((byte)1, 32).ToArray());
    private static readonly KeyPair WorkerKey = KeyPair.FromSeed(Enumerable.Repeat((byte)2, 32).ToArray());
    private static readonly Address Someone = new(0, ClientKey.PublicKey);

    private static readonly ChannelTerms Terms = new(
        ClientKey.PublicKey, WorkerKey.PublicKey, -777, 42, 21_600, Someone, new Address(0, WorkerKey.PublicKey), Someone);

    [Fact]
    public void The_pinned_code_has_the_pinned_hash() =>
        Assert.Equal(JobChannelCode.HashHex, JobChannel.Code.Hash.ToString());

    [Fact]
    public void Terms_survive_their_cell()
    {
        Assert.True(ChannelTerms.TryParse(Terms.ToCell(), out ChannelTerms? again));
        Assert.Equal(Terms, again);
        Assert.True(Terms.ArePayable);
        Assert.False((Terms with { ChallengePeriod = 3_599 }).ArePayable);
    }

    [Fact]
    public void Storage_survives_its_cell()
    {
        ChannelData data = ChannelData.Initial(Terms) with { Status = ChannelStatus.Closing, Deposit = 7, Owed = 3, Seq = ulong.MaxValue };
        Assert.True(ChannelData.TryParse(data.ToCell(), out ChannelData? again));
        Assert.Equal(data, again);
    }

    [Fact]
    public void A_state_counts_only_with_both_signatures_of_its_own_epoch()
    {
        Cell body = new StateBody(ChannelScope.Of(Terms, 9), 1, 100, default).ToCell();
        var state = new SignedState(1, 100, default, ClientKey.Sign(body), WorkerKey.Sign(body));
        Assert.True(state.IsSignedByBoth(Terms, 9));
        Assert.False(state.IsSignedByBoth(Terms, 10));
        Assert.False((state with { ClientSignature = state.WorkerSignature }).IsSignedByBoth(Terms, 9));
        Assert.False((state with { Cumulative = 101 }).IsSignedByBoth(Terms, 9));
        Assert.True(SignedState.TryParse(state.ToCell(), out SignedState? again));
        Assert.True(again.IsSignedByBoth(Terms, 9));
    }

    [Fact]
    public void No_locks_hash_to_zero_and_a_dictionary_of_locks_reads_back()
    {
        Assert.True(JobLocks.HashOf([]).IsZero);
        KeyValuePair<ulong, JobLock>[] locks =
            [new(1, new JobLock(10, 2, 99, default, Someone.Hash)), new(7, new JobLock(20, 0, 98, Someone.Hash, default))];
        Assert.True(JobLocks.TryParse(JobLocks.ToCell(locks), out IReadOnlyCollection<KeyValuePair<ulong, JobLock>>? again));
        Assert.Equal(locks, again);
    }
}
