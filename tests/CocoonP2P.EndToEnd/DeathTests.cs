using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CocoonP2P.Node.Demo;

namespace CocoonP2P.EndToEnd;

/// <summary>A side that loses its power in the middle of an answer costs the other at most one chunk.</summary>
public sealed class DeathTests
{
    private const int Limit = 240_000;

    /// <summary>Nanoton for a token, at the default price of 0.002 TON for a thousand.</summary>
    private const long Price = 2_000;

    private const int MaxTokens = 250;

    private static JsonObject LongChat => Api.Chat("Tell me a story about a lamp.", ("max_tokens", MaxTokens), ("stream", true));

    [Fact(Timeout = Limit)]
    public async Task The_last_worker_that_dies_in_an_answer_is_paid_for_what_arrived_and_the_deposit_comes_back()
    {
        await using TestNetwork network = await TestNetwork.StartAsync();
        await network.Nodes.Workers[0].KillAsync();
        using HttpResponseMessage response = await network.Api.PostAsync(LongChat);
        DemoNode worker = network.Nodes.Workers.Single(w => w.PeerId == response.Headers.GetValues("Cocoon-Worker").Single());
        JsonElement last = default;
        await foreach (JsonElement document in Api.DocumentsAsync(response))
        {
            last = document;
            if (Api.Text(document) is not null)
            {
                await worker.KillAsync();
            }
        }

        Assert.True(last.TryGetProperty("error", out JsonElement error), last.ToString());
        Assert.Equal("worker-lost", error.GetProperty("code").GetString());
        (long prompt, long arrived) = await ArrivedAsync(network, response.Headers.GetValues("Cocoon-Job").Single());

        JsonElement closed = await network.CloseAllAsync(TimeSpan.FromMinutes(30));
        JsonElement channel = Assert.Single(closed.GetProperty("channels").EnumerateArray());
        Assert.False(channel.GetProperty("cooperative").GetBoolean());
        long paid = Nano(channel, "paid_nanoton");
        Assert.InRange(paid, 0, (prompt + arrived) * Price);

        // The dead could not show its newest state, so the chain gives it that much at most, and the client all the rest but fees.
        long allowance = (long)TestNetwork.Allowance.Nano;
        long earned = await network.BalanceAsync(worker) - allowance;
        Assert.InRange(earned, 0, paid);
        Assert.InRange(await network.BalanceAsync(network.Nodes.Client), allowance - earned - 100_000_000, allowance - earned);
        Assert.True(network.Nodes.Chain.Chain.Totals.IsConserved);
    }

    [Fact(Timeout = Limit)]
    public async Task Client_that_dies_in_an_answer_finds_its_channel_again_and_closes_it_with_its_worker()
    {
        await using TestNetwork network = await TestNetwork.StartAsync();
        using HttpResponseMessage response = await network.Api.PostAsync(LongChat);
        DemoNode worker = network.Nodes.Workers.Single(w => w.PeerId == response.Headers.GetValues("Cocoon-Worker").Single());
        try
        {
            await foreach (JsonElement document in Api.DocumentsAsync(response))
            {
                Assert.Equal(JsonValueKind.Null, document.GetProperty("choices")[0].GetProperty("finish_reason").ValueKind);
                if (Api.Text(document) is not null)
                {
                    await network.Nodes.Client.KillAsync();
                }
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The endpoint died with the client.
        }

        await network.RestartClientAsync(_ => { });
        JsonElement closed = await network.CloseAllAsync(TimeSpan.Zero);
        JsonElement channel = Assert.Single(closed.GetProperty("channels").EnumerateArray());
        Assert.True(channel.GetProperty("cooperative").GetBoolean());
        long paid = Nano(channel, "paid_nanoton");
        Assert.InRange(paid, 0, (512 + MaxTokens) * Price);
        Assert.Equal((long)TestNetwork.Allowance.Nano + paid, await network.BalanceAsync(worker));
        Assert.True(network.Nodes.Chain.Chain.Totals.IsConserved);
    }

    /// <summary>Tokens of the prompt and of what came of the answer, as the client counted them.</summary>
    private static async Task<(long Prompt, long Arrived)> ArrivedAsync(TestNetwork network, string job)
    {
        JsonElement[] steps = [.. (await network.Api.GetAsync($"/v1/jobs/{job}")).GetProperty("steps").EnumerateArray()];
        long Fact(string step, string fact) => Nano(steps.Single(s => s.GetProperty("step").GetString() == step).GetProperty("facts"), fact);
        long arrived = Fact("worker-lost", "tokens");
        Assert.InRange(arrived, 1, MaxTokens - 1);
        return ((Fact("locked", "cap_nanoton") / Price) - MaxTokens, arrived);
    }

    private static long Nano(JsonElement element, string name) => long.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
