using CocoonP2P.Tests.Capacity.Simulation;

namespace CocoonP2P.Tests.Capacity;

/// <summary>Workers that fall ill and heal, in virtual time. Each figure is printed.</summary>
public sealed class HealingSimulationTests(ITestOutputHelper output)
{
    private const double Ill = 600;
    private const double Healed = 1_200;
    private const double Back = Healed + 240;
    private const double End = Healed + 300;

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 20)]
    [InlineData(3, 20)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    public void A_worker_that_failed_for_ten_minutes_is_back_within_5_minutes(int seed, double perSecond) =>
        IsBack("failed", seed, perSecond, w => w.Faults = 1, w => w.Faults = 0);

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 20)]
    [InlineData(3, 20)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    public void A_worker_that_was_slow_for_ten_minutes_is_back_within_5_minutes(int seed, double perSecond) =>
        IsBack("was slow", seed, perSecond, w => (w.FirstToken, w.TokenTime) = (5, 0.2), w => (w.FirstToken, w.TokenTime) = (0.25, 0.01));

    private void IsBack(string what, int seed, double perSecond, Action<SimWorker> fallIll, Action<SimWorker> heal)
    {
        List<SimWorker> workers = SimScenario.Equal(5);
        SimWorker best = new(99) { Slots = 64, FirstToken = 0.25, TokenTime = 0.01 };
        workers.Add(best);
        SimRun run = new(workers, new MarketChooser(workers, seed), seed);
        run.Run(SimScenario.Jobs(perSecond, End, seed), (Ill, () => fallIll(best)), (Healed, () => heal(best)));
        double before = run.Share(w => w == best, Ill - 120, Ill);
        double during = run.Share(w => w == best, Ill + 60, Healed);
        double after = run.Share(w => w == best, Back, End);
        output.WriteLine($"seed {seed}: {perSecond} jobs/s, {what}: share {before:P1} before, {during:P2} while ill, {after:P1} from the 4th to the 5th minute after");
        Assert.True(before > 0.5, $"before {before:P1}");
        Assert.True(during < 0.05, $"while ill {during:P2}");
        Assert.True(after > 0.8 * before, $"after {after:P1}");
    }
}
