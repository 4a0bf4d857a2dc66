using System.Net;
using System.Text.Json;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Protocol;
using CocoonP2P.Tests.Node.Http.Support;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Node.Http;

public sealed class BudgetTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_spent_budget_is_402_with_what_is_missing_and_where_to_send_it()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Keys = Ring(new KeyLimits { Total = new NanoTon(5000) }) });
        using HttpResponseMessage first = await AskAsync(endpoint, "x");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using HttpResponseMessage second = await AskAsync(endpoint, "x");
        using HttpResponseMessage third = await AskAsync(endpoint, "x");
        JsonElement error = (await TestEndpoint.DocumentAsync(third)).GetProperty("error");
        Assert.Equal(HttpStatusCode.PaymentRequired, third.StatusCode);
        Assert.Equal(("insufficient-funds", "insufficient_quota", "0 TON"), (error.GetProperty("code").GetString(), error.GetProperty("type").GetString(), error.GetProperty("available").GetString()));
        Assert.Equal("1 TON", error.GetProperty("needed").GetString());
        Assert.StartsWith("0:", error.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.False(third.Headers.Contains("Retry-After"));
    }

    [Fact]
    public async Task What_no_worker_takes_for_the_rest_of_a_budget_is_402_and_not_503()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Keys = Ring(new KeyLimits { PerRequest = new NanoTon(50) }) });
        using HttpResponseMessage response = await AskAsync(endpoint, "x");
        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
    }

    [Fact]
    public async Task What_running_requests_hold_is_429_until_they_end()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Keys = Ring(new KeyLimits { PerDay = new NanoTon(1_000_000) }) });
        using (HttpResponseMessage running = await AskAsync(endpoint, "endless", "\"stream\":true"))
        {
            using HttpResponseMessage second = await AskAsync(endpoint, "x");
            Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), second.Headers.RetryAfter!.Delta);
        }

        // Half of it was locked for the job that was cancelled: that counts as spent.
        await Libp2p.Eventually.TrueAsync(async () => (await AskAsync(endpoint, "x")).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public void A_restart_forgets_nothing_and_midnight_forgets_the_day_alone()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("cocoon-budget-").FullName, "spending.json");
        ApiKey key = new("infer", Scope.Infer, new KeyLimits { PerDay = new NanoTon(100), Total = new NanoTon(150) });
        FakeTimeProvider time = new(Time.GetUtcNow());
        using (BudgetHold hold = new SpendingBook(new SpendingFile(file), time).Hold(key, new NanoTon(60)))
        {
            hold.Spend(new NanoTon(40));

            // Another node finds what might be spent by a request that it does not know: as after a death.
            using BudgetHold rest = new SpendingBook(new SpendingFile(file), time).Hold(key, new NanoTon(100));
            Assert.Equal(new NanoTon(40), rest.Amount);
        }

        SpendingBook settled = new(new SpendingFile(file), time);
        using (BudgetHold hold = settled.Hold(key, new NanoTon(100)))
        {
            Assert.Equal(new NanoTon(60), hold.Amount);
            hold.Spend(new NanoTon(60));
        }

        Assert.Equal(NanoTon.Zero, Assert.Throws<BudgetException>(() => settled.Hold(key, new NanoTon(1))).Available);
        time.Advance(TimeSpan.FromHours(14));
        using BudgetHold next = settled.Hold(key, new NanoTon(100));
        Assert.Equal(new NanoTon(50), next.Amount);
    }

    [Fact]
    public void Whatever_comes_no_limit_is_passed() => Gen.Select(Gen.Int[1, 100], Gen.Int[0, 100]).Array[1, 50].Sample(steps =>
    {
        SpendingBook book = new(new SpendingFile(null), Time);
        ApiKey key = new("k", Scope.Infer, new KeyLimits { PerDay = new NanoTon(500), PerRequest = new NanoTon(80) });
        ulong spent = 0;
        foreach ((int wanted, int part) in steps)
        {
            try
            {
                using BudgetHold hold = book.Hold(key, new NanoTon((ulong)wanted));
                Assert.True(hold.Amount <= new NanoTon(80));
                NanoTon cost = new(hold.Amount.Value * (ulong)part / 100);
                hold.Spend(cost);
                spent += cost.Value;
            }
            catch (BudgetException)
            {
                Assert.Equal(500UL, spent);
            }
        }

        Assert.True(spent <= 500);
    });

    [Fact]
    public void A_past_that_cannot_be_read_is_not_started_anew()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("cocoon-budget-").FullName, "spending.json");
        foreach (string bad in (string[])["{", "[]", "{\"infer\":{}}", "{\"infer\":{\"day\":1,\"today\":\"-1\",\"total\":\"0\"}}"])
        {
            File.WriteAllText(file, bad);
            Assert.Equal(ErrorCode.Configuration, Assert.Throws<CocoonException>(() => new SpendingFile(file).Load()).Code);
        }
    }

    private static KeyRing Ring(KeyLimits limits) => KeyRing.Of([(DoorTests.Token("infer"), new ApiKey("infer", Scope.Infer, limits))]);

    private static Task<HttpResponseMessage> AskAsync(TestEndpoint endpoint, string prompt, string fields = "\"user\":null") =>
        endpoint.SendAsync("/v1/chat/completions", ChatAnswerTests.Chat(prompt, fields), DoorTests.Token("infer"));
}
