using CocoonP2P.Tests.Capacity.Simulation;

namespace CocoonP2P.Tests.Capacity;

/// <summary>Workers whose offers are not true, in virtual time. Each figure is printed.</summary>
public sealed class LiarSimulationTests(ITestOutputHelper output)
{
    private const int Honest = 5;

    /// <summary>Jobs by which a lie must have been seen through.</summary>
    private const int Allowance = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_worker_that_lies_about_its_speed_loses_its_share_within_20_jobs(int seed)
    {
        double share = ShareAfterAllowance(
            "speed", seed, new SimWorker(99) { Slots = 16, FirstToken = 4, TokenTime = 0.2, ClaimedTokensPerSecond = 1_000_000 }, out _);
        Assert.True(share < 0.02, $"{share:P1}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_worker_that_lies_about_its_slots_and_refuses_gets_what_its_slots_can_serve(int seed)
    {
        SimWorker liar = new(99) { Slots = 1, ClaimedSlots = 64 };
        double share = ShareAfterAllowance("slots, refuses", seed, liar, out double wasted);
        Assert.True(share < 0.05, $"{share:P1}");
        Assert.True(wasted < 0.01, $"{wasted:P1} of all attempts");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_worker_that_lies_about_its_slots_and_hides_its_queue_loses_its_share_within_20_jobs(int seed)
    {
        SimWorker liar = new(99) { Slots = 1, ClaimedSlots = 64, HidesQueue = true };
        double share = ShareAfterAllowance("slots, hides its queue", seed, liar, out _);
        Assert.True(share < 0.05, $"{share:P1}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fifty_strangers_that_promise_all_and_answer_errors_stay_under_5_percent_together(int seed)
    {
        List<SimWorker> workers = SimScenario.Equal(Honest);
        List<SimWorker> decoys =
        [
            .. Enumerable.Range(100, 50).Select(i => new SimWorker(i) { Price = 1_000_000, Slots = 64, Faults = 1, ClaimedTokensPerSecond = 1_000_000 }),
        ];
        List<SimWorker> all = [.. workers];
        SimRun run = new(all, new MarketChooser(all, seed), seed);
        IReadOnlyList<SimResult> results = run.Run(SimScenario.Jobs(20, 600, seed), (60, () => all.AddRange(decoys)));
        double share = run.Share(decoys.Contains, 60, 600);
        int lost = results.Count(r => r.Worker is null);
        output.WriteLine($"seed {seed}: fifty strangers' share of all attempts {share:P2}; unanswered {lost} of {results.Count}");
        Assert.True(share < 0.05, $"{share:P2}");
        Assert.Equal(0, lost);
    }

    /// <summary>The liar's part of all attempts from its twentieth job on, and the part that it refused.</summary>
    private double ShareAfterAllowance(string lie, int seed, SimWorker liar, out double refused)
    {
        List<SimWorker> workers = [.. SimScenario.Equal(Honest), liar];
        SimRun run = new(workers, new MarketChooser(workers, seed), seed);
        IReadOnlyList<SimResult> results = run.Run(SimScenario.Jobs(20, 600, seed));
        double twentieth = run.Placements.Where(p => p.Worker == liar).Select(p => p.At).Skip(Allowance - 1).FirstOrDefault(600);
        double share = run.Share(w => w == liar, twentieth + 0.001, 600);
        int served = results.Count(r => r.Worker == liar);
        refused = (liar.Jobs - served) / (double)run.Placements.Count;
        output.WriteLine(
            $"seed {seed}: lies about {lie}: 20th job after {twentieth:0} s, then {share:P2} of the attempts (an equal share is {1.0 / (Honest + 1):P1}); refused {refused:P2} of all; "
            + $"p95 first token of all {SimScenario.Quantile(results.Select(r => r.FirstToken), 0.95):0.00} s");
        return share;
    }
}
