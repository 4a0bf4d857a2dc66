using System.Text.Json;
using CocoonP2P.Node.Client;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Node.Demo;

/// <summary>`cocoon demo`, step by step: network, offers, verdict, channel, answer, settlement.</summary>
internal static class DemoRun
{
    /// <summary>What each wallet of the demo gets from the chain's treasury.</summary>
    private const ulong Allowance = 10_000_000_000;

    public static async Task<int> RunAsync(DemoOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        DemoScreen screen = new(options.Json, time);
        string root = Path.Combine(Path.GetTempPath(), $"cocoon-demo-{Environment.ProcessId}");
        string model = options.ModelFolder ?? Path.Combine(AppContext.BaseDirectory, "models", "cocoon-tiny");
        await using DemoNetwork network = await DemoNetwork.PrepareAsync(Self.Program, root, model, workerCount: 2, time, cancellationToken);
        screen.Step("chain", $"local TON chain at {network.Chain.Endpoint}: the real TVM, global id {Ton.LocalChain.LocalTon.GlobalId}");
        foreach (DemoNode node in network.Nodes)
        {
            network.Chain.Chain.Faucet(node.Wallet, Allowance);
        }

        await network.StartNodesAsync(cancellationToken);
        screen.Step("nodes", $"2 workers and a client run as processes; SIMULATED attestation: this network protects nothing");
        using NodeClient client = new(network.Client.Socket);
        int offers = await OffersAsync(client, network.Workers.Count, time, cancellationToken);
        screen.Step("offers", $"the client heard {offers} signed offers by gossip");

        Dictionary<string, NanoTon> before = await BalancesAsync(network, time, cancellationToken);
        using CancellationTokenSource watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watch = WatchAsync(client, screen, watching.Token);
        string name = ModelName(model);
        ChatReply answer = await AskAsync(client, options, name, screen, cancellationToken);
        byte[]? receipt = await ReceiptAsync(client, answer.Job, time, cancellationToken);
        JsonElement closed = await client.CloseAllAsync(cancellationToken);
        screen.Step("settled", $"channel closed by {(closed.GetProperty("channels")[0].GetProperty("cooperative").GetBoolean() ? "both signatures" : "one side")}");
        await watching.CancelAsync();
        await watch;
        string? receiptFile = receipt is null ? null : await SaveAsync(receipt, answer.Job, network.Manifest, cancellationToken);
        Dictionary<string, NanoTon> after = await BalancesAsync(network, time, cancellationToken);
        screen.Result(new DemoResult(options, name, answer, before, after, network.Chain.Chain.Totals.IsConserved, receipt, receiptFile));
        if (options.Keep)
        {
            DemoScreen.Kept(network, name);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        return 0;
    }

    private static async Task<int> OffersAsync(NodeClient client, int wanted, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            int offers = (await client.StatusAsync(cancellationToken)).GetProperty("offers").GetInt32();
            if (offers >= wanted || (offers > 0 && time.GetElapsedTime(started) > TimeSpan.FromSeconds(20)))
            {
                return offers;
            }

            if (time.GetElapsedTime(started) > TimeSpan.FromSeconds(60))
            {
                throw new CocoonException(ErrorCode.NoWorker, "no offer reached the client", "look at the logs of the nodes: cocoon demo --keep leaves them");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    private static async Task<ChatReply> AskAsync(NodeClient client, DemoOptions options, string model, DemoScreen screen, CancellationToken cancellationToken)
    {
        ChatQuestion question = new(model, options.Prompt)
        {
            System = options.System, MaxTokens = options.MaxTokens, Temperature = options.Temperature, Seed = options.Seed,
        };
        using HttpResponseMessage response = await client.ChatAsync(question, cancellationToken);
        screen.AnswerBegins();
        ChatReply reply = await ChatReply.ReadAsync(response, screen.Answer, cancellationToken);
        screen.AnswerEnds();
        return reply;
    }

    private static async Task<byte[]?> ReceiptAsync(NodeClient client, string job, TimeProvider time, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < 40; attempt++)
        {
            if (await client.ReceiptAsync(job, cancellationToken) is byte[] receipt)
            {
                return receipt;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }

        return null;
    }

    /// <summary>Keeps the receipt after the network is gone, with the manifest that verifies it.</summary>
    private static async Task<string> SaveAsync(byte[] receipt, string job, string manifest, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetTempPath(), "cocoon-receipts");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, job[..16] + ".json");
        await File.WriteAllBytesAsync(file, receipt, cancellationToken);
        File.Copy(manifest, Path.Combine(folder, job[..16] + ".toml"), overwrite: true);
        return file;
    }

    /// <summary>Read as anyone would: from the chain's endpoint, once nothing is under way any more.</summary>
    private static async Task<Dictionary<string, NanoTon>> BalancesAsync(DemoNetwork network, TimeProvider time, CancellationToken cancellationToken)
    {
        while (network.Chain.Chain.Totals.InFlight.Nano > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }

        using SocketsHttpHandler http = new();
        using TonCenterClient chain = new(
            new TonCenterOptions { Endpoint = new Uri(network.Chain.Endpoint), RequestsPerSecond = 1_000, Burst = 100 }, http, time, new Random(1));
        Dictionary<string, NanoTon> balances = [];
        foreach (DemoNode node in network.Nodes)
        {
            AccountState account = await chain.GetAddressInformationAsync(node.Wallet, cancellationToken);
            balances[node.Name] = new NanoTon((ulong)account.Balance.Nano);
        }

        return balances;
    }

    private static string ModelName(string folder)
    {
        string manifest = Path.Combine(folder, "manifest.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(File.Exists(manifest) ? manifest : Path.Combine(folder, "manifest-draft.json")));
        return document.RootElement.GetProperty("name").GetString()!;
    }

    private static async Task WatchAsync(NodeClient client, DemoScreen screen, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream stream = await client.EventsAsync(cancellationToken);
            await foreach (JsonElement step in NodeClient.DocumentsAsync(stream, cancellationToken))
            {
                screen.Told(step);
            }
        }
        catch (OperationCanceledException)
        {
            // The demo is over.
        }
        catch (IOException)
        {
            // The node ended first.
        }
    }
}
