using System.Globalization;
using System.Text.Json;
using CocoonP2P.Node.Demo;

namespace CocoonP2P.EndToEnd;

/// <summary>
/// Prompts and kill -9 at random moments, and then the money is counted. COCOON_MONEY_RUNS sets how many prompts;
/// COCOON_MONEY_SEED repeats a history of choices.
/// </summary>
public sealed class MoneyTests(ITestOutputHelper output)
{
    private const int Limit = 1_800_000;

    [Fact(Timeout = Limit)]
    public async Task Whatever_dies_no_coin_is_lost_and_nobody_is_paid_more_than_was_signed()
    {
        int runs = Setting("COCOON_MONEY_RUNS", 6);
        int seed = Setting("COCOON_MONEY_SEED", 1);
        Random random = new(seed);
        await using TestNetwork network = await TestNetwork.StartAsync(nodes =>
        {
            TestNetwork.Set(nodes.Client, "payment", "deposit", "\"0.2 TON\"");
            TestNetwork.Set(nodes.Client, "payment", "max_per_job", "\"0.1 TON\"");
        });
        Dictionary<string, int> outcomes = [];
        for (int run = 0; run < runs; run++)
        {
            string outcome = await RunAsync(network, random);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            Assert.True(network.Nodes.Chain.Chain.Totals.IsConserved, $"seed {seed}, run {run}, {outcome}");
        }

        JsonElement closed = await network.CloseAllAsync(TimeSpan.FromMinutes(30));
        long signed = closed.GetProperty("channels").EnumerateArray().Sum(c => Nano(c, "paid_nanoton"));
        long earned = 0;
        foreach (DemoNode worker in network.Nodes.Workers)
        {
            earned += await network.BalanceAsync(worker) - (long)TestNetwork.Allowance.Nano;
        }

        output.WriteLine($"seed {seed}: {string.Join(", ", outcomes.Select(o => $"{o.Value} {o.Key}"))}; signed {signed}, earned {earned} nanoton in {closed.GetProperty("channels").GetArrayLength()} channels");
        Assert.True(network.Nodes.Chain.Chain.Totals.IsConserved);
        Assert.True(earned <= signed, $"seed {seed}: workers earned {earned}, and {signed} was signed");
    }

    /// <summary>One prompt; the worker, the client or nobody dies at a random piece of the answer.</summary>
    private static async Task<string> RunAsync(TestNetwork network, Random random)
    {
        int victim = random.Next(3), piece = random.Next(1, 4), tokens = random.Next(20, 250);
        using HttpResponseMessage response = await network.Api.PostAsync(
            Api.Chat("Tell me a story about a lamp.", ("max_tokens", tokens), ("stream", true), ("seed", random.Next())));
        string text = response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(Cocoon.Cancelled);
        Assert.True(response.IsSuccessStatusCode, text);
        DemoNode worker = network.Nodes.Workers.Single(w => w.PeerId == response.Headers.GetValues("Cocoon-Worker").Single());
        DemoNode? dead = null;
        try
        {
            await foreach (JsonElement document in Api.DocumentsAsync(response))
            {
                if (Api.Text(document) is not null && --piece == 0 && victim > 0)
                {
                    dead = victim == 1 ? worker : network.Nodes.Client;
                    await dead.KillAsync();
                }
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The endpoint died with the client.
        }

        if (dead is not null)
        {
            dead.Start();
            await dead.ReadyAsync(Cocoon.Cancelled);
            await network.OffersAsync();
        }

        return dead is null ? "answered" : dead == worker ? "worker killed" : "client killed";
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : fallback;

    private static long Nano(JsonElement element, string name) => long.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
