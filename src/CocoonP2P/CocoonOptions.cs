using CocoonP2P.Attestation;
using CocoonP2P.Options;
using CocoonP2P.Protocol;

namespace CocoonP2P;

/// <summary>
/// What can be set about a node. Immutable; <c>with</c> makes a changed copy. What is public here is what a program that
/// embeds a node needs; node.toml reaches every section.
/// </summary>
public sealed record CocoonOptions
{
    /// <summary>Which network: local, testnet or mainnet.</summary>
    /// <value>"testnet": money on mainnet is real, so that has to be asked for.</value>
    public string Network
    {
        get => Node.Network;
        init => Node = Node with { Network = value };
    }

    /// <summary>Path of the file that describes the network.</summary>
    /// <value>"": bootstrap/NETWORK.toml beside the program, else the one inside this library.</value>
    public string Manifest
    {
        get => Node.Manifest;
        init => Node = Node with { Manifest = value };
    }

    /// <summary>Worker or client. This library is the client; a worker is run by the program `cocoon`.</summary>
    public NodeRole Role
    {
        get => Node.Role;
        init => Node = Node with { Role = value };
    }

    /// <summary>Folder of keys, journal and receipts. Whoever reads it has the wallet; one process at a time uses it.</summary>
    /// <value>"": $STATE_DIRECTORY under systemd, else ~/.local/share/cocoon.</value>
    public string DataDir
    {
        get => Node.DataDir;
        init => Node = Node with { DataDir = value };
    }

    /// <summary>Which model a name means, as "NAME@ID" with the id's 64 hex digits. An id fixes weights, tokenizer and template.</summary>
    /// <value>[]: what the node's store and the network's manifest say.</value>
    public IReadOnlyList<string> PinnedModels
    {
        get => Models.Pinned;
        init => Models = Models with { Pinned = value };
    }

    /// <summary>No single order costs more than this.</summary>
    /// <value>1 TON</value>
    public NanoTon MaxPerJob
    {
        get => Payment.MaxPerJob;
        init => Payment = Payment with { MaxPerJob = value };
    }

    /// <summary>What a new channel with a worker gets; what is not spent comes back when the channel closes.</summary>
    /// <value>2 TON</value>
    public NanoTon Deposit
    {
        get => Payment.Deposit;
        init => Payment = Payment with { Deposit = value };
    }

    /// <summary>Where to listen, as multiaddrs such as "/ip4/0.0.0.0/tcp/4601".</summary>
    /// <value>An embedded client listens nowhere and only dials out.</value>
    public IReadOnlyList<string> Listen
    {
        get => Peers.Listen;
        init => Peers = Peers with { Listen = value };
    }

    /// <summary>Whom to dial first, as multiaddrs with peer id.</summary>
    /// <value>["network"]: those of the network's manifest.</value>
    public IReadOnlyList<string> Bootstrap
    {
        get => Peers.Bootstrap;
        init => Peers = Peers with { Bootstrap = value };
    }

    /// <summary>toncenter-v2 endpoints, of different operators.</summary>
    /// <value>["network"]: those of the network's manifest.</value>
    public IReadOnlyList<string> ChainEndpoints
    {
        get => Chain.Endpoints;
        init => Chain = Chain with { Endpoints = value };
    }

    /// <summary>Path of an appraisal policy of one's own, JSON as docs/protocol/attestation.md says.</summary>
    /// <value>"": strict, with the measurements that the network's manifest names.</value>
    public string Policy
    {
        get => Attestation.Policy;
        init => Attestation = Attestation with { Policy = value };
    }

    /// <summary>What makes this node trust evidence.</summary>
    /// <value>
    /// null: the strict TDX policy of the network's manifest. A local network's simulated root is no part of this library:
    /// the package CocoonP2P.Attestation.Simulated has it, as SimulatedTee.Trust.
    /// </value>
    public Func<NetworkIdentity, NetworkTrust>? Trust { get; init; }

    /// <summary>[node]</summary>
    internal NodeOptions Node { get; init; } = new();

    /// <summary>[network]</summary>
    internal NetworkOptions Peers { get; init; } = new();

    /// <summary>[chain]</summary>
    internal ChainOptions Chain { get; init; } = new();

    /// <summary>[attestation]</summary>
    internal AttestationOptions Attestation { get; init; } = new();

    /// <summary>[models]</summary>
    internal ModelsOptions Models { get; init; } = new();

    /// <summary>[inference]</summary>
    internal InferenceOptions Inference { get; init; } = new();

    /// <summary>[payment]</summary>
    internal PaymentOptions Payment { get; init; } = new();

    /// <summary>[api]</summary>
    internal ApiOptions Api { get; init; } = new();

    /// <summary>Everything wrong at once, each problem with its key and its cure.</summary>
    internal IEnumerable<OptionProblem> Problems() =>
        [.. Peers.Problems(), .. Models.Problems(), .. Inference.Problems(), .. Payment.Problems(), .. Attestation.Problems(Node.Network)];
}
