using CocoonP2P.Node.Demo;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CocoonP2P.EndToEnd;

/// <summary>
/// kill -9 of the worker that serves, at random moments of streamed answers, and the user does not notice: COCOON_FAILOVER_RUNS
/// sets how many, COCOON_FAILOVER_SEED repeats a history of choices.
/// </summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    private const int Limit = 3_000_000;

    /// <summary>Nanoton for a token, at the default price of 0.002 TON for a thousand.</summary>
    private const long Price = 2_000;

    /// <summary>Tokens that can be on their way when a worker dies.</summary>
    private const long Chunk = 64;

    /// <summary>Most nanoton that a worker pays the chain to settle a channel whose client it cannot reach in time: what it attaches.</summary>
    private const long SettlementFees = 50_000_000;

    private static JsonObject Story(int tokens) => Api.Chat(
        "Tell me a story about a lamp.", ("max_tokens", tokens), ("temperature", 0), ("stream", true),
        ("stream_options", new JsonObject { ["include_usage"] = true }));

    [Fact(Timeout = Limit)]
    public async Task Whichever_worker_dies_in_an_answer_another_goes_on_to_the_same_text_and_no_token_is_paid_twice()
    {
        int runs = Setting("COCOON_FAILOVER_RUNS", 8), seed = Setting("COCOON_FAILOVER_SEED", 1);
        Random random = new(seed);
        await using TestNetwork network = await TestNetwork.StartAsync(nodes =>
        {
            TestNetwork.Set(nodes.Client, "payment", "deposit", "\"0.5 TON\"");
            TestNetwork.Set(nodes.Client, "payment", "max_per_job", "\"0.1 TON\"");
        });
        Dictionary<int, FailoverRun> undisturbed = [];
        List<FailoverRun> all = [];
        for (int run = 0; run < runs; run++)
        {
            // Mostly in mid-stream; every eighth as soon as the request is out.
            int tokens = 250 + (50 * random.Next(5)), killAt = run % 8 == 7 ? 0 : random.Next(1, 5);
            if (!undisturbed.TryGetValue(tokens, out FailoverRun? whole))
            {
                undisturbed[tokens] = whole = await FailoverRun.AskAsync(network, Story(tokens), killAt: -1, random);
                Assert.Null(whole.Error);
                all.Add(whole);
            }

            FailoverRun disturbed = await FailoverRun.AskAsync(network, Story(tokens), killAt, random);
            all.Add(disturbed);
            output.WriteLine($"run {run}: {tokens} tokens, killed at piece {disturbed.KilledAt}, {disturbed.Jobs.Count} jobs, pause {disturbed.Pause.TotalMilliseconds:0} ms{disturbed.Error}");
            if (disturbed.Error is null)
            {
                Assert.True(disturbed.Text == whole.Text, $"seed {seed}, run {run}: another text");
                Assert.Equal(disturbed.CompletionTokens, disturbed.Jobs.Sum(job => job.Tokens));
            }
        }

        FailoverRun[] killed = [.. all.Where(r => r.KilledAt >= 0)];
        int complete = killed.Count(r => r.Error is null), resumed = killed.Count(r => r.Jobs.Count > 1);
        TimeSpan[] pauses = [.. killed.Where(r => r.Error is null).Select(r => r.Pause).Order()];
        long expected = all.SelectMany(r => r.Jobs).Sum(job => (job.Prompt + job.Tokens) * Price);
        (long signed, long earned) = await SettleAsync(network);
        output.WriteLine(
            $"seed {seed}: {complete} of {killed.Length} complete, {resumed} went on at another worker; pause p95 {pauses[(int)(0.95 * (pauses.Length - 1))].TotalMilliseconds:0} ms; counted {expected}, signed {signed}, earned {earned} nanoton");
        Assert.True(complete >= 0.99 * killed.Length, $"seed {seed}: {complete} of {killed.Length} complete");
        Assert.True(network.Nodes.Chain.Chain.Totals.IsConserved);

        // The last that a dying worker sent may be signed for and counted by nobody. Workers that settled alone paid the chain for it.
        Assert.InRange(signed, 1, expected + (killed.Length * Chunk * Price));
        Assert.InRange(earned, signed - (killed.Length * SettlementFees), expected + (killed.Length * Chunk * Price));
    }

    /// <summary>What the client had signed in the channels that were still open, and what all channels brought the workers' wallets.</summary>
    private static async Task<(long Signed, long Earned)> SettleAsync(TestNetwork network)
    {
        JsonElement closed = await network.CloseAllAsync(TimeSpan.FromMinutes(30));
        long signed = closed.GetProperty("channels").EnumerateArray()
            .Sum(c => long.Parse(c.GetProperty("paid_nanoton").GetString()!, CultureInfo.InvariantCulture));
        long earned = 0;
        foreach (DemoNode worker in network.Nodes.Workers)
        {
            earned += await network.BalanceAsync(worker) - (long)TestNetwork.Allowance.Nano;
        }

        return (signed, earned);
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : fallback;
}
