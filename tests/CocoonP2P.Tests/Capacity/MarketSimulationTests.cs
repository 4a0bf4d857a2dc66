using CocoonP2P.Tests.Capacity.Simulation;

namespace CocoonP2P.Tests.Capacity;

/// <summary>The market in virtual time against the ancestor's rule and an oracle. Each figure is printed.</summary>
public sealed class MarketSimulationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_decoy_that_fails_at_once_gets_next_to_nothing_and_nearly_all_by_the_ancestors_rule(int seed)
    {
        double ours = DecoyShare(seed, attempts: 3, w => new MarketChooser(w, seed));
        double theirs = DecoyShare(seed, attempts: 1, w => new CocoonChooser(w));
        output.WriteLine($"seed {seed}: decoy's share of 20 jobs/s over 10 min: market {ours:P2}, min(running x time) {theirs:P1}");
        Assert.True(ours < 0.02, $"{ours:P2}");
        Assert.True(theirs > 0.75, $"{theirs:P1}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Twenty_mixed_workers_are_used_nearly_as_an_oracle_would(int seed)
    {
        const double WarmUp = 300;
        IReadOnlyList<SimJob> jobs = SimScenario.Jobs(10, 1_500, seed, deadline: 10);
        List<SimWorker> workers = SimScenario.Mixed(20, seed);
        List<SimResult> ours = [.. new SimRun(workers, new MarketChooser(workers, seed), seed).Run(jobs).Where(r => r.Job.At > WarmUp)];
        List<SimWorker> same = SimScenario.Mixed(20, seed);
        List<SimResult> oracle = [.. new SimRun(same, new OracleChooser(same), seed).Run(jobs).Where(r => r.Job.At > WarmUp)];

        double first = SimScenario.Quantile(ours.Select(r => r.FirstToken), 0.95);
        double best = SimScenario.Quantile(oracle.Select(r => r.FirstToken), 0.95);
        List<SimResult> priced = [.. ours.Where(r => r.Worker is not null && !double.IsNaN(r.Cheapest))];
        double cost = priced.Sum(r => r.Cost) / priced.Sum(r => r.Cheapest);
        int lost = ours.Count(r => r.Worker is null);
        output.WriteLine(
            $"seed {seed}: {ours.Count} jobs, p95 first token {first:0.000} s, oracle {best:0.000} s, ratio {first / best:0.00}; cost / cheapest in time {cost:0.000}; unanswered {lost}");
        Assert.True(first <= 1.3 * best, $"p95 {first:0.000} s against {best:0.000} s");
        Assert.True(cost <= 1.1, $"cost {cost:0.000}");
        Assert.Equal(0, lost);
    }

    /// <summary>Of all attempts. The ancestor makes one: its error is the user's.</summary>
    private static double DecoyShare(int seed, int attempts, Func<List<SimWorker>, IChooser> rule)
    {
        List<SimWorker> workers = SimScenario.Equal(5);
        workers[0].Faults = 1;
        IReadOnlyList<SimJob> jobs = SimScenario.Jobs(20, 600, seed);
        new SimRun(workers, rule(workers), seed, attempts).Run(jobs);
        return workers[0].Jobs / (double)workers.Sum(w => w.Jobs);
    }
}
