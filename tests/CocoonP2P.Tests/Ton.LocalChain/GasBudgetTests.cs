using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>The gas of each operation stays within the budget that fees are computed from.</summary>
public sealed class GasBudgetTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly ChannelScene scene = new(fixture.Fresh());

    [Fact]
    public void Opening_and_top_up()
    {
        Within(4500, scene.Open());
        Within(3600, scene.Send(ChannelScene.Client, JobChannel.TopUp(1), "1"));
    }

    [Fact]
    public void Settling_and_agreed_end()
    {
        scene.Open();
        Within(8100, scene.Send(ChannelScene.Worker, JobChannel.Settle(1, scene.State(1, "1"))));
        Within(9300, scene.Send(ChannelScene.Worker, scene.Coop(2, "2")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(32)]
    public void Dispute_over_any_allowed_number_of_locks(int count)
    {
        scene.Open();
        Cell locks = JobLocks.ToCell(Enumerable.Range(1, count).Select(job => new KeyValuePair<ulong, JobLock>((ulong)job, scene.Lock("0.1"))))!;
        Within(7800, scene.Send(ChannelScene.Worker, JobChannel.StartClose(1, scene.State(1, "1"))));
        Within(7300, scene.Send(ChannelScene.Worker, JobChannel.Challenge(1, scene.State(2, "1", locks.Hash))));
        Within(12_000, scene.Send(ChannelScene.Worker, scene.Resolve((ulong)count, "0.1", locks)));
        scene.Chain.Advance(TimeSpan.FromHours(2));
        Within(8100, scene.Send(ChannelScene.Worker, JobChannel.Finish(1)));
    }

    private static void Within(int budget, SceneStep step)
    {
        Assert.Equal(0, step.Exit);
        Assert.True(step.Gas <= budget, $"{step.Gas} gas, budget {budget}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{step.Gas} of {budget}");
    }
}
