using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CocoonP2P.EndToEnd;

/// <summary>`cocoon demo`, the first thing that anyone runs.</summary>
public sealed partial class DemoTests
{
    private const int Limit = 180_000;

    [Fact(Timeout = Limit)]
    public async Task Demo_pays_the_price_to_its_worker_and_leaves_a_receipt_and_nothing_else()
    {
        Cocoon.RequireChain();
        Ended demo = await Cocoon.RunAsync("demo", "--json", "--seed", "7", "--temperature", "0.7");
        Assert.True(demo.Exit == 0, demo.Error);
        JsonElement told = JsonElement.Parse(demo.Output);

        Assert.True(told.GetProperty("conserved").GetBoolean());
        Assert.True(told.GetProperty("simulated").GetBoolean());
        Assert.StartsWith("simulated", told.GetProperty("verdict").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(told.GetProperty("answer").GetString()!);
        AssertPaid(told);
        AssertGone(demo, told);
        await AssertReceiptAsync(told.GetProperty("receipt_file").GetString()!);
    }

    [Fact(Timeout = Limit)]
    public async Task Demo_without_its_model_says_so_and_leaves_nothing()
    {
        Cocoon.RequireChain();
        Ended demo = await Cocoon.RunAsync("demo", "--model", Path.Combine(Path.GetTempPath(), "no-such-model"));
        Assert.True(demo.Exit == 78, demo.Error);
        Assert.Contains("cocoon: hint: ", demo.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Path.GetTempPath(), $"cocoon-demo-{demo.ProcessId}")));
    }

    private static void AssertPaid(JsonElement told)
    {
        long price = Nano(told, "price_nanoton");
        Assert.True(price > 0);
        Dictionary<string, long> gains = told.GetProperty("balances").EnumerateObject().ToDictionary(
            b => b.Name, b => Nano(b.Value, "after_nanoton") - Nano(b.Value, "before_nanoton"));

        // The fees of the chain are the client's: a worker earns its price to the nanoton.
        Assert.Equal([0, price], gains.Where(g => g.Key != "client").Select(g => g.Value).Order());
        Assert.Equal(-(price + Nano(told, "chain_fees_nanoton")), gains["client"]);
    }

    private static void AssertGone(Ended demo, JsonElement told)
    {
        string chain = told.GetProperty("steps").EnumerateArray().First(s => s.GetProperty("step").GetString() == "chain").GetProperty("text").GetString()!;
        int port = int.Parse(PortPattern().Match(chain).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.DoesNotContain(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), listener => listener.Equals(new IPEndPoint(IPAddress.Loopback, port)));
        string folder = Path.Combine(Path.GetTempPath(), $"cocoon-demo-{demo.ProcessId}");
        Assert.False(Directory.Exists(folder));
        Assert.DoesNotContain(CommandLines(), line => line.Contains(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    private static async Task AssertReceiptAsync(string receipt)
    {
        string manifest = Path.ChangeExtension(receipt, ".toml");
        Ended good = await Cocoon.RunAsync("verify", receipt, "--manifest", manifest);
        Assert.True(good.Exit == 0, good.Output + good.Error);

        string forged = receipt + ".forged";
        await File.WriteAllTextAsync(forged, FlipFirstHexOf(await File.ReadAllTextAsync(receipt, Cocoon.Cancelled), "signature"), Cocoon.Cancelled);
        Ended bad = await Cocoon.RunAsync("verify", forged, "--manifest", manifest);
        Assert.True(bad.Exit == 4, bad.Output + bad.Error);
        Assert.Contains("FAILED", bad.Output, StringComparison.Ordinal);
        Array.ForEach([receipt, manifest, forged], File.Delete);
    }

    private static string FlipFirstHexOf(string json, string field)
    {
        Match value = Regex.Match(json, $"\"{field}\"\\s*:\\s*\"([0-9a-f])");
        Assert.True(value.Success, json);
        int at = value.Groups[1].Index;
        return json[..at] + (json[at] == '0' ? '1' : '0') + json[(at + 1)..];
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                string line = "";
                try
                {
                    line = File.ReadAllText($"/proc/{process.Id}/cmdline");
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It ended, or is somebody else's.
                }

                yield return line;
            }
        }
    }

    private static long Nano(JsonElement element, string name) => long.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    [GeneratedRegex("127\\.0\\.0\\.1:([0-9]+)/")]
    private static partial Regex PortPattern();
}
