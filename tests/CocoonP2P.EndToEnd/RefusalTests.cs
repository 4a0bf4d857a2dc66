using System.Text.Json.Nodes;
using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Node.Demo;
using CocoonP2P.Node.Networks;

namespace CocoonP2P.EndToEnd;

/// <summary>A client that its own files keep from an answer: each time the code, the status and a cure. No test here opens a channel.</summary>
public sealed class RefusalTests(SharedNetwork shared) : IClassFixture<SharedNetwork>
{
    private const int Limit = 120_000;

    [Fact(Timeout = Limit)]
    public async Task Model_that_nobody_offers_finds_no_worker()
    {
        string folder = Cocoon.CopyModel(shared.Network.Nodes.Root);
        string manifest = Path.Combine(folder, "manifest.json");
        await File.WriteAllTextAsync(
            manifest, (await File.ReadAllTextAsync(manifest, Cocoon.Cancelled)).Replace("\"name\":\"cocoon-tiny\"", "\"name\":\"cocoon-other\"", StringComparison.Ordinal),
            Cocoon.Cancelled);
        Ended added = await Cocoon.RunAsync("models", "add", folder, "--config", shared.Network.Nodes.Client.Config);
        Assert.True(added.Exit == 0, added.Error);
        await ClientWithAsync(_ => { });

        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello.", ("model", "cocoon-other")));
        Assert.Equal((503, "no-worker"), (refusal.Status, refusal.Code));
        Assert.Contains("cocoon-other", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Hint);
    }

    [Fact(Timeout = Limit)]
    public async Task Deposit_below_the_workers_least_is_insufficient_funds()
    {
        await ClientWithAsync(client =>
        {
            TestNetwork.Set(client, "payment", "deposit", "\"0.05 TON\"");
            TestNetwork.Set(client, "payment", "max_per_job", "\"0.05 TON\"");
        });
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello."));
        Assert.Equal((402, "insufficient-funds"), (refusal.Status, refusal.Code));
        Assert.Contains("payment.deposit", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Deposit_above_the_wallets_balance_is_insufficient_funds()
    {
        await ClientWithAsync(client => TestNetwork.Set(client, "payment", "deposit", "\"20 TON\""));
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello."));
        Assert.Equal((402, "insufficient-funds"), (refusal.Status, refusal.Code));
        Assert.Contains("fund ", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Chain_that_does_not_answer_is_named()
    {
        await ClientWithAsync(client => TestNetwork.Set(client, "chain", "endpoints", "[\"http://127.0.0.1:1/api/v2/\"]"));
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello."));
        Assert.Equal((503, "chain-unreachable"), (refusal.Status, refusal.Code));
        Assert.Contains("chain.endpoints", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_of_another_measurement_is_refused()
    {
        await ClientWithAsync(client =>
        {
            string manifest = Path.Combine(client.Folder, "strict.toml");
            string text = File.ReadAllText(shared.Network.Nodes.Manifest);
            string trusted = Convert.ToHexStringLower(LocalNetwork.Measurement.MrTd);
            Assert.Contains(trusted, text, StringComparison.Ordinal);
            File.WriteAllText(manifest, text.Replace(trusted, new string('a', trusted.Length), StringComparison.Ordinal));
            TestNetwork.Set(client, "node", "manifest", $"\"{manifest}\"");
        });
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello."));
        Assert.Equal((502, "attestation-refused"), (refusal.Status, refusal.Code));
        Assert.Contains("attestation.policy", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Policy_of_production_refuses_a_simulated_worker()
    {
        await ClientWithAsync(client =>
        {
            SimulatedTd td = new(LocalNetwork.WorkerImage);
            JsonObject image = new() { ["name"] = "image", ["mrTd"] = Convert.ToHexStringLower(td.MrTd) };
            for (int i = 0; i < td.Rtmrs.Count; i++)
            {
                image[$"rtmr{i}"] = Convert.ToHexStringLower(td.Rtmrs[i]);
            }

            JsonObject policy = new()
            {
                ["name"] = "strict",
                ["type"] = "production",
                ["roots"] = new JsonArray(IntelRoot.PolicyName),
                ["minTcbEvaluationDataNumber"] = 0,
                ["referenceValues"] = new JsonArray(image),
            };
            string file = Path.Combine(client.Folder, "policy.json");
            File.WriteAllText(file, policy.ToJsonString());
            TestNetwork.Set(client, "attestation", "policy", $"\"{file}\"");
        });
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello."));
        Assert.Equal((502, "attestation-refused"), (refusal.Status, refusal.Code));
        Assert.Contains("attestation.policy", refusal.Hint, StringComparison.Ordinal);
    }

    /// <summary>The client with the network's own node.toml and these changes.</summary>
    private Task ClientWithAsync(Action<DemoNode> change) => shared.Network.RestartClientAsync(client =>
    {
        client.Configure("client", shared.Network.Nodes.Manifest, $"127.0.0.1:{shared.Network.Nodes.ApiPort}");
        change(client);
    });
}
