using System.Globalization;
using System.Text.Json;
using CocoonP2P.Node.Client;
using CocoonP2P.Node.Demo;
using CocoonP2P.Ton;

namespace CocoonP2P.EndToEnd;

/// <summary>A chain, two workers and a client on loopback. At its end an error line in a log that nobody expected fails the test.</summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    public static readonly Coins Allowance = 10_000_000_000;

    private readonly HttpClient _chain = new();

    private TestNetwork(DemoNetwork nodes)
    {
        Nodes = nodes;
        Client = new NodeClient(nodes.Client.Socket);
        Api = new Api(nodes.ApiPort);
    }

    public DemoNetwork Nodes { get; }

    /// <summary>The money side of the client, over its socket.</summary>
    public NodeClient Client { get; }

    /// <summary>The client's OpenAI endpoint.</summary>
    public Api Api { get; }

    /// <summary>Starts everything and waits until the client heard every worker.</summary>
    /// <param name="prepare">Changes files between their making and the start.</param>
    /// <param name="workers">How many.</param>
    public static async Task<TestNetwork> StartAsync(Action<DemoNetwork>? prepare = null, int workers = 2)
    {
        Cocoon.RequireChain();
        string root = Directory.CreateTempSubdirectory("cocoon-e2e-").FullName;
        DemoNetwork nodes = await DemoNetwork.PrepareAsync(
            Cocoon.Program, root, Cocoon.TinyModel, workers, TimeProvider.System, Cocoon.Cancelled);
        TestNetwork network = new(nodes);
        try
        {
            prepare?.Invoke(nodes);
            foreach (DemoNode node in nodes.Nodes)
            {
                nodes.Chain.Chain.Faucet(node.Wallet, Allowance);
            }

            await nodes.StartNodesAsync(Cocoon.Cancelled);
            await network.OffersAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Replaces a line of a node's node.toml, or adds one below its section.</summary>
    public static void Set(DemoNode node, string section, string key, string value)
    {
        List<string> lines = [.. File.ReadAllLines(node.Config)];
        lines.RemoveAll(line => line.StartsWith($"{key} = ", StringComparison.Ordinal));
        int at = lines.IndexOf($"[{section}]");
        if (at < 0)
        {
            lines.Add($"[{section}]");
            at = lines.Count - 1;
        }

        lines.Insert(at + 1, $"{key} = {value}");
        File.WriteAllLines(node.Config, lines);
    }

    /// <summary>Starts the client again with other files.</summary>
    public async Task RestartClientAsync(Action<DemoNode> prepare)
    {
        await Nodes.Client.StopAsync();
        prepare(Nodes.Client);
        Nodes.Client.Start();
        await Nodes.Client.ReadyAsync(Cocoon.Cancelled);
        await OffersAsync();
    }

    public Task OffersAsync() => Eventually.IsAsync(async () =>
        (await Client.StatusAsync(Cocoon.Cancelled)).GetProperty("offers").GetInt32() == Nodes.Workers.Count);

    /// <summary>Read as anyone would, from the chain's endpoint, once nothing is on its way.</summary>
    public async Task<long> BalanceAsync(DemoNode node)
    {
        await Eventually.IsAsync(() => Task.FromResult(Nodes.Chain.Chain.Totals.InFlight == Coins.Zero));
        byte[] json = await _chain.GetByteArrayAsync(
            new Uri($"{Nodes.Chain.Endpoint}getAddressBalance?address={node.Wallet.ToRawString()}"), Cocoon.Cancelled);
        using JsonDocument document = JsonDocument.Parse(json);
        return long.Parse(document.RootElement.GetProperty("result").GetString()!, CultureInfo.InvariantCulture);
    }

    /// <summary>Closes every channel, pushing chain time ahead while that takes long.</summary>
    public async Task<JsonElement> CloseAllAsync(TimeSpan step)
    {
        Task<JsonElement> closing = Client.CloseAllAsync(Cocoon.Cancelled);
        await Eventually.IsAsync(() =>
        {
            if (!closing.IsCompleted && step > TimeSpan.Zero)
            {
                Nodes.Chain.Chain.Advance(step);
            }

            return Task.FromResult(closing.IsCompleted);
        });
        return await closing;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Client.Dispose();
        _chain.Dispose();
        await Nodes.StopAsync();
        string[] errors =
        [
            .. Nodes.Nodes.SelectMany(node => File.ReadLines(node.LogFile)
                .Where(line => line.Split(' ', 3) is [_, "error", _])
                .Select(line => $"{node.Name}: {line}")),
        ];
        await Nodes.DisposeAsync();
        Assert.Empty(errors);
    }
}
