using System.Globalization;
using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Node.Demo;
using CocoonP2P.Ton;
using Microsoft.Extensions.AI;

namespace CocoonP2P.EndToEnd;

/// <summary>
/// One embedded client and eight workers, and more users at once than all slots: COCOON_USERS says how many. The two cores that
/// run all of it make the answers slow; that they are whole, paid to the nanoton and fairly served is what counts.
/// </summary>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int Limit = 600_000;
    private const int Workers = 8;
    private const int Tokens = 16;

    /// <summary>API keys, as fairness sees them.</summary>
    private const int Keys = 4;

    private static readonly Coins Purse = 200_000_000_000;

    private static int Users =>
        int.TryParse(Environment.GetEnvironmentVariable("COCOON_USERS"), CultureInfo.InvariantCulture, out int users) ? users : 50;

    [Fact(Timeout = Limit)]
    public async Task Every_user_of_one_client_gets_a_whole_answer_or_a_typed_refusal_and_each_is_paid_once()
    {
        await using TestNetwork network = await TestNetwork.StartAsync(workers: Workers);
        await using CocoonNode node = await StartClientAsync(network.Nodes);
        using IChatClient chat = node.CreateChatClient(Api.Model);
        Crowd crowd = new(Keys);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Users).Select(user => AskAsync(chat, user, crowd)));
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
        long after = GC.GetTotalMemory(forceFullCollection: true);

        await node.CloseChannelsAsync(Cocoon.Cancelled);
        long earned = 0;
        foreach (DemoNode worker in network.Nodes.Workers)
        {
            earned += await network.BalanceAsync(worker) - (long)TestNetwork.Allowance.Nano;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Users} users, {Workers} workers: {crowd.Whole} whole, {string.Join(", ", crowd.Refusals)} in {elapsed.TotalSeconds:0.0} s; shares at half time {string.Join('/', crowd.Shares)}; heap {before >> 10} KiB before, {crowd.Peak >> 10} at most, {after >> 10} after; costs {crowd.Cost}, earned {earned} nanoton"));
        Assert.Equal(Users, crowd.Whole + crowd.Refusals.Sum(r => r.Value));
        Assert.True(crowd.Whole > 0);
        Assert.True(network.Nodes.Chain.Chain.Totals.IsConserved);
        Assert.Equal(crowd.Cost, earned);
        Assert.InRange(crowd.Peak - before, long.MinValue, (64L << 20) + (Users * (256L << 10)));
        Assert.True(Users < 400 || crowd.Shares.Max() <= 1.2 * crowd.Shares.Min(), $"shares {string.Join('/', crowd.Shares)}");
    }

    private static async Task<CocoonNode> StartClientAsync(DemoNetwork nodes)
    {
        CocoonOptions options = new()
        {
            Network = "local", Role = NodeRole.Client, Manifest = nodes.Manifest, DataDir = Path.Combine(nodes.Root, "embedded"), Trust = SimulatedTee.Trust,
        };
        CocoonNode node = await CocoonNode.StartAsync(options, Cocoon.Cancelled);
        nodes.Chain.Chain.Faucet(Address.Parse(node.Wallet), Purse);
        await Eventually.IsAsync(() => Task.FromResult(node.Models.Sum(m => m.Workers) == Workers));
        return node;
    }

    private static async Task AskAsync(IChatClient chat, int user, Crowd crowd)
    {
        ChatOptions options = new()
        {
            MaxOutputTokens = Tokens, Seed = user,
            // Who says how long it may take also waits that long for a slot; who does not is told to come back.
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                ["cocoon.tenant"] = $"key-{user % Keys}", ["cocoon.timeout"] = TimeSpan.FromMinutes(8),
            },
        };
        try
        {
            ChatResponse answer = await chat.GetResponseAsync("Tell me a story about a lamp.", options, Cocoon.Cancelled);
            crowd.Answered(user % Keys, answer);
        }
        catch (CocoonException refusal)
        {
            crowd.Refused(refusal);
        }
    }
}
