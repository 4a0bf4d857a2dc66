using CocoonP2P.Configuration;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Configuration;

/// <summary>Every key there is, in the order of node.toml. The file, the docs, the parser and `config show` are all made from it.</summary>
internal static class ConfigKeys
{
    public static readonly IReadOnlyList<ConfigKey> All =
    [
        Text("node.network", "local | testnet | mainnet; bootstrap/NAME.toml describes it", o => o.Node.Network, (o, v) => o with { Node = o.Node with { Network = v } }),
        Text("node.manifest", "\"\": bootstrap/NETWORK.toml beside the program", o => o.Node.Manifest, (o, v) => o with { Node = o.Node with { Manifest = v } }),
        Role(),
        Text("node.data_dir", "\"\": $STATE_DIRECTORY under systemd, else ~/.local/share/cocoon", o => o.Node.DataDir, (o, v) => o with { Node = o.Node with { DataDir = v } }),
        List("network.listen", "multiaddrs; [] listens nowhere and only dials out", o => o.Peers.Listen, (o, v) => o with { Peers = o.Peers with { Listen = v } }),
        Number("network.max_peers", "gossip's mesh of 8, times the 8 topics a worker joins", o => o.Peers.MaxPeers, (o, v) => o with { Peers = o.Peers with { MaxPeers = v } }),
        Duration("network.idle_timeout", "two lost heartbeats", o => o.Peers.IdleTimeout, (o, v) => o with { Peers = o.Peers with { IdleTimeout = v } }),
        List("network.bootstrap", "\"network\": those of the manifest; [] for none", o => o.Peers.Bootstrap, (o, v) => o with { Peers = o.Peers with { Bootstrap = v } }),
        List("chain.endpoints", "toncenter v2, two operators or more; \"network\": those of the manifest", o => o.Chain.Endpoints, (o, v) => o with { Chain = o.Chain with { Endpoints = v } }),
        Text("attestation.policy", "\"\": strict, with the measurements of the manifest; else a JSON file", o => o.Attestation.Policy, (o, v) => o with { Attestation = o.Attestation with { Policy = v } }),
        List("attestation.collateral", "PCCS or Intel's service; signed, so none is trusted; \"network\": those of the manifest", o => o.Attestation.Collateral, (o, v) => o with { Attestation = o.Attestation with { Collateral = v } }),
        Text("attestation.platform", "tdx | simulated; the second on network = \"local\" alone", o => o.Attestation.Platform, (o, v) => o with { Attestation = o.Attestation with { Platform = v } }),
        List("models.pinned", "NAME@ID: what a name means here; [] leaves it to the store and the manifest", o => o.Models.Pinned, (o, v) => o with { Models = o.Models with { Pinned = v } }),
        Text("inference.device", "auto | cpu | cuda | cuda:INDEX", o => o.Inference.Device, (o, v) => o with { Inference = o.Inference with { Device = v } }),
        Flag("inference.require_gpu", "true: without the device the node does not start", o => o.Inference.RequireGpu, (o, v) => o with { Inference = o.Inference with { RequireGpu = v } }),
        Text("inference.ep_library", "plugin provider; \"\": libonnxruntime_providers_cuda.so beside the program", o => o.Inference.EpLibrary, (o, v) => o with { Inference = o.Inference with { EpLibrary = v } }),
        Text("inference.onnxruntime", "\"\": the library beside the program; else a path to libonnxruntime.so", o => o.Inference.Onnxruntime, (o, v) => o with { Inference = o.Inference with { Onnxruntime = v } }),
        Number("inference.threads", "0: the cores this process may use", o => o.Inference.Threads, (o, v) => o with { Inference = o.Inference with { Threads = v } }),
        Number("inference.slots", "jobs at once, for each model", o => o.Inference.Slots, (o, v) => o with { Inference = o.Inference with { Slots = v } }),
        List("inference.models", "names; \"*\": all in the store", o => o.Inference.Models, (o, v) => o with { Inference = o.Inference with { Models = v } }),
        Amount("payment.price_per_1k_tokens", "of prompt and answer alike", o => o.Payment.PricePerThousandTokens, (o, v) => o with { Payment = o.Payment with { PricePerThousandTokens = v } }),
        Amount("payment.max_per_job", "a client never locks more than this for one job", o => o.Payment.MaxPerJob, (o, v) => o with { Payment = o.Payment with { MaxPerJob = v } }),
        Amount("payment.max_locked", "nor more than this for all", o => o.Payment.MaxLocked, (o, v) => o with { Payment = o.Payment with { MaxLocked = v } }),
        Amount("payment.deposit", "what a client puts into a new channel", o => o.Payment.Deposit, (o, v) => o with { Payment = o.Payment with { Deposit = v } }),
        Flag("payment.hedge", "true: ask a second worker where the first is late; costs a prompt and a chunk each time", o => o.Payment.Hedge, (o, v) => o with { Payment = o.Payment with { Hedge = v } }),
        Text("payment.payout", "where a worker's earnings go; \"\": this node's own wallet", o => o.Payment.Payout, (o, v) => o with { Payment = o.Payment with { Payout = v } }),
        Text("api.socket", "\"\": $RUNTIME_DIRECTORY/api.sock, else in data_dir; the commands' way in", o => o.Api.Socket, (o, v) => o with { Api = o.Api with { Socket = v } }),
        Text("api.openai", "\"\" turns it off; another than a loopback address needs tokens", o => o.Api.Openai, (o, v) => o with { Api = o.Api with { Openai = v } }),
        Text("api.tokens", "a folder with admin.token, read.token, infer.token, infer-NAME.token; \"\": loopback is open", o => o.Api.Tokens, (o, v) => o with { Api = o.Api with { Tokens = v } }),
        List("api.cors", "origins of web pages that may ask, such as \"https://app.example\"", o => o.Api.Cors, (o, v) => o with { Api = o.Api with { Cors = v } }),
        List("api.hosts", "names that reach the endpoint, beside localhost and addresses", o => o.Api.Hosts, (o, v) => o with { Api = o.Api with { Hosts = v } }),
    ];

    public static ConfigKey? Find(string name) => All.FirstOrDefault(key => key.Name == name);

    private static ConfigKey Text(string name, string why, Func<CocoonOptions, string> get, Func<CocoonOptions, string, CocoonOptions> set) =>
        new(name, why, o => Toml.Quote(get(o)), (o, v) => v.AsText() is string text ? (set(o, text), null) : (null, "write it in quotes"));

    private static ConfigKey List(
        string name, string why, Func<CocoonOptions, IReadOnlyList<string>> get, Func<CocoonOptions, IReadOnlyList<string>, CocoonOptions> set) =>
        new(
            name, why, o => "[" + string.Join(", ", get(o).Select(Toml.Quote)) + "]",
            (o, v) => v.AsList() is { } list ? (set(o, list), null) : (null, "write a list of texts, such as [\"…\"]"));

    private static ConfigKey Number(string name, string why, Func<CocoonOptions, int> get, Func<CocoonOptions, int, CocoonOptions> set) =>
        new(
            name, why, o => get(o).ToString(System.Globalization.CultureInfo.InvariantCulture),
            (o, v) => v.AsInt() is int number ? (set(o, number), null) : (null, "write a whole number, without quotes"));

    private static ConfigKey Flag(string name, string why, Func<CocoonOptions, bool> get, Func<CocoonOptions, bool, CocoonOptions> set) =>
        new(name, why, o => get(o) ? "true" : "false", (o, v) => v.AsFlag() is bool flag ? (set(o, flag), null) : (null, "write true or false"));

    private static ConfigKey Duration(string name, string why, Func<CocoonOptions, TimeSpan> get, Func<CocoonOptions, TimeSpan, CocoonOptions> set) =>
        new(
            name, why, o => Toml.Quote(Toml.Duration(get(o))),
            (o, v) => v.AsDuration() is TimeSpan span ? (set(o, span), null) : (null, "write a time with its unit, such as \"30s\""));

    private static ConfigKey Amount(string name, string why, Func<CocoonOptions, NanoTon> get, Func<CocoonOptions, NanoTon, CocoonOptions> set) =>
        new(
            name, why, o => Toml.Quote(Money.Show(get(o))),
            (o, v) => v.AsText() is string text && Money.TryParse(text) is NanoTon amount ? (set(o, amount), null) : (null, "write an amount with its unit, such as \"1.5 TON\""));

    private static ConfigKey Role() => new(
        "node.role", "worker | client", o => Toml.Quote(o.Node.Role == NodeRole.Worker ? "worker" : "client"),
        (o, v) => v.AsText() switch
        {
            "worker" => (o with { Node = o.Node with { Role = NodeRole.Worker } }, null),
            "client" => (o with { Node = o.Node with { Role = NodeRole.Client } }, null),
            _ => (null, "write \"worker\" or \"client\""),
        });
}
