using System.Security.Cryptography;
using CocoonP2P.Capacity;
using CocoonP2P.Jobs;
using CocoonP2P.Models;
using CocoonP2P.Payments;
using CocoonP2P.Peers;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;
using CocoonP2P.Ton;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Hosting;

/// <summary>A running node: one engine for both roles, which are data. Disposing it ends every loop, session and stream.</summary>
internal sealed class NodeEngine : INode, IAsyncDisposable
{
    private readonly NodeParts _parts;
    private readonly Supervisor _supervisor = new();
    private readonly ILogger _log;
    private readonly KeyPair _walletKey;
    private readonly KeyPair _channelKey;
    private readonly KeyPair _receiptKey;
    private readonly WalletV5R1 _wallet;
    private readonly WalletSender _sender;
    private readonly ChannelDirectory _channels;
    private readonly ReceiptBook _receipts;
    private readonly OfferGossip _offers;
    private readonly MarketKeeper _market;
    private readonly MarketQuestions _questions;
    private readonly WorkerLinks _links;
    private readonly ClientChannels _clientChannels;
    private readonly ModelTexts _texts;
    private readonly ClientEngine _client;
    private readonly Reunion _reunion;
    private readonly WorkerEngine? _worker;
    private readonly WorkerEvidence? _evidence;
    private Verdict? _ownVerdict;

    private NodeEngine(NodeParts parts)
    {
        _parts = parts;
        _log = parts.Loggers.CreateLogger("CocoonP2P.Node");
        Timeline = new Timeline(parts.Time);
        bool works = parts.Options.Node.Role == NodeRole.Worker;
        _walletKey = KeyPair.FromSeed(parts.Keys.Wallet);
        _channelKey = KeyPair.FromSeed(parts.Keys.Channel(works));

        // Random at each start and never stored: an enclave's memory that is lost cannot become equivocation.
        _receiptKey = KeyPair.FromSeed(RandomNumberGenerator.GetBytes(KeyPair.SeedSize));
        _wallet = new WalletV5R1(_walletKey.PublicKey, parts.GlobalId);
        TimeSpan pace = Max(parts.BlockTime, TimeSpan.FromMilliseconds(50));
        _sender = new WalletSender(parts.Chain, _wallet, _walletKey, parts.Journal, parts.Time, pace);
        TonChainPort chain = new(parts.Chain, _sender);
        Address payout = parts.Options.Payment.Payout.Length == 0 ? _wallet.Address : Address.Parse(parts.Options.Payment.Payout);
        WorkerSettings workerSettings = new(
            parts.GlobalId, _channelKey, _receiptKey.PublicKey, _wallet.Address, payout,
            parts.Options.Payment.PricePerThousandTokens.Value * 1_000);
        ChannelPolicy policy = new() { MaxPerJob = parts.Options.Payment.MaxPerJob, MaxLocked = parts.Options.Payment.MaxLocked };
        _channels = new ChannelDirectory(
            new ChannelDirectorySettings(_channelKey, works ? _receiptKey : null, parts.Journal, chain, pace),
            _supervisor, parts.Time);
        _channels.Told += OnTold;
        _offers = new OfferGossip(parts.Network, parts.NetworkId, parts.Time);
        _market = new MarketKeeper(
            new MarketSettings(policy.MaxPerJob, parts.Options.Payment.Deposit), _offers.Live, parts.Journal, parts.Random, parts.Time);
        _questions = new MarketQuestions(_market, _offers.Live, policy.MaxPerJob, parts.Appraiser.AcceptedTeeKinds);
        _receipts = new ReceiptBook(parts.NetworkId, parts.SaveReceipt, parts.LoadReceipt, _market.Receipted, Timeline);
        _links = new WorkerLinks(
            parts.Network, parts.NetworkId, parts.Appraiser, _channels, _receipts, _market, Timeline, parts.Time, parts.Random, _log);
        ClientSettings clientSettings = new(
            parts.GlobalId, _channelKey.PublicKey, _wallet.Address, policy, parts.Options.Payment.Deposit, parts.Random)
        {
            Hedge = parts.Options.Payment.Hedge,
        };
        _clientChannels = new ClientChannels(clientSettings, _channels, chain, Timeline, parts.Time);
        _texts = new ModelTexts(
            parts.Catalog, parts.Names, parts.Texts, _offers.Live, async (offer, ct) => await _links.GetAsync(offer, ct), parts.Time);
        ClientParts clientParts = new(
            clientSettings, new PlaceDesk(_market, parts.Time), _links, _clientChannels, _receipts, _offers.Drop, Timeline, parts.Time, _log);
        _client = new ClientEngine(clientParts, _texts.FindAsync, parts.Appraiser.AcceptedTeeKinds);
        _reunion = new Reunion(_offers.Live, _links, _channels, _log);
        if (parts.Evidence is not null)
        {
            _evidence = new WorkerEvidence(
                parts.Evidence, parts.Backend, payout, _channelKey.PublicKey, _receiptKey.PublicKey, parts.Options.Inference.ToString());
        }

        if (works && parts.Backend is not null && parts.Evidence is not null)
        {
            _worker = new WorkerEngine(workerSettings, parts.Backend, new TextShelf(parts.Store, parts.Backend), _channels, Timeline, parts.Time, _log);
        }
    }

    public Timeline Timeline { get; }

    /// <summary>User-friendly form.</summary>
    public string WalletAddress => _wallet.Address.ToString(bounceable: false, testOnly: false);

    /// <summary>Cancelled when a loop of the node failed; the node must then be disposed.</summary>
    public CancellationToken Stopping => _supervisor.Stopping;

    /// <summary>Starts everything: channels of the journal first, then the network.</summary>
    public static async Task<NodeEngine> StartAsync(NodeParts parts, CancellationToken cancellationToken)
    {
        NodeEngine node = new(parts);
        try
        {
            node._channels.Load();
            node._market.Load();
            node._supervisor.Run(node._market.RunAsync);
            if (node._worker is not null)
            {
                parts.Network.Handle(SessionLimits.Protocol, node.ServeAsync);
            }

            await node.CheckSelfAsync(cancellationToken);
            await parts.Network.StartAsync(cancellationToken);
            if (node._worker is WorkerEngine worker)
            {
                node._supervisor.Run(ct => node._offers.PublishAsync(
                    worker.Backend, node._evidence!.TeeKind, parts.Evidence!.Measurement, worker.PricePerMillion, ct));
            }

            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public IAsyncEnumerable<AnswerPart> AskAsync(ChatOrder order, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<AnswerPart> parts = _client.AskAsync(order, cancellationToken);
        return order.Chat is { Tools.Count: > 0 } ? Text.Tools.ToolCallStream.SplitAsync(parts, cancellationToken) : parts;
    }

    public Task<EmbeddingAnswer> EmbedAsync(EmbeddingOrder order, CancellationToken cancellationToken) => _client.EmbedAsync(order, cancellationToken);

    public IReadOnlyList<OfferedModel> Models() =>
    [
        .. _offers.Live().SelectMany(o => o.Models).GroupBy(m => Convert.ToHexStringLower(m.Id.Span)).Select(g => new OfferedModel(
            g.First().Name, g.Key, g.Count(), g.Max(m => m.ContextTokens), g.Min(m => m.CompletionPrice))),
    ];

    public IReadOnlyList<PeerView> Peers() => _questions.Peers();

    public IReadOnlyList<Explanation> Explain(string peer, string? model) => _questions.Explain(peer, model);

    public NodeStatus Status()
    {
        bool simulated = _parts.Appraiser.AcceptedTeeKinds.Contains(TeeKinds.Simulated);
        int peers = _parts.Network.Connected.Count;
        List<string> notReady = [];
        if (_ownVerdict is { Accepted: false } refused)
        {
            notReady.Add($"this node's own policy refuses its evidence: {string.Join(", ", refused.Reasons)}");
        }

        if (_worker is not null && _parts.Network.ListenAddresses.Count == 0)
        {
            notReady.Add("it listens nowhere: look at network.listen");
        }

        if (peers == 0)
        {
            notReady.Add("no peers: look at network.bootstrap and the port");
        }

        IReadOnlyList<string> warnings = simulated ? ["SIMULATED attestation: this network protects nothing", .. notReady] : notReady;

        return new NodeStatus(
            Libp2p.PeerId.TryFromBytes(_parts.Network.PeerId, out Libp2p.PeerId id) ? id.ToString() : "?",
            _parts.Options.Node.Role.ToString().ToLowerInvariant(), _parts.Options.Node.Network,
            _worker is null ? "not attested: a client" : simulated ? "simulated" : "tdx", simulated,
            _parts.Network.ListenAddresses, peers, _offers.Live().Count, _wallet.Address.ToRawString(), warnings)
        {
            NotReady = notReady,
        };
    }

    public async Task<IReadOnlyList<ClosedChannel>> CloseAllAsync(CancellationToken cancellationToken)
    {
        List<ClosedChannel> closed = [];
        if (_worker is null)
        {
            await _reunion.MeetAsync(cancellationToken);
        }

        foreach (ChannelEngine engine in _channels.All.Where(c => c.State.Phase != ChannelPhase.Closed))
        {
            string address = engine.State.Settings.Address.ToRawString();
            await engine.CloseChannelAsync(cancellationToken);
            ChannelState end = engine.State;
            closed.Add(new ClosedChannel(address, end.Ledger.Body.Cumulative, end.Final?.PeerSignature is not null && !end.CloseSeen));
            Timeline.Add("channel-closed", "", ("address", address));
        }

        return closed;
    }

    public Task<byte[]?> ReceiptAsync(string job, CancellationToken cancellationToken) => _receipts.ReadAsync(job, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _links.DisposeAsync();
        await _parts.Network.DisposeAsync();
        try
        {
            await _supervisor.DisposeAsync();
        }
        finally
        {
            _clientChannels.Dispose();
            _texts.Dispose();
            _sender.Dispose();
            _walletKey.Dispose();
            _channelKey.Dispose();
            _receiptKey.Dispose();
        }
    }

    private async Task CheckSelfAsync(CancellationToken cancellationToken)
    {
        if (_evidence is null)
        {
            return;
        }

        // A peer never opens a session with itself, so the asking end borrows another name.
        using Libp2p.Identity stranger = Libp2p.Identity.Create();
        HandshakeParameters responder = Parameters(stranger.PeerId.ToBytes(), new byte[32]);
        HandshakeParameters initiator = responder with
        {
            PeerId = stranger.PeerId.ToBytes(),
            Sign = message => stranger.Sign(message),
            RemotePeer = _parts.Network.PeerId,
            AcceptedTeeKinds = [_evidence.TeeKind],
            PolicyHash = _parts.Appraiser.PolicyHash,
        };
        _ownVerdict = await SelfCheck.RunAsync(initiator, responder, _evidence, _parts.Appraiser, _parts.Time, cancellationToken);
    }

    private HandshakeParameters Parameters(byte[] remotePeer, byte[] channelBinding) => new()
    {
        PeerId = _parts.Network.PeerId,
        Sign = _parts.Network.Sign,
        RemotePeer = remotePeer,
        NetworkId = _parts.NetworkId,
        ChannelBinding = channelBinding,
        AcceptedTeeKinds = [],
        PolicyHash = new byte[32],
        Random = _parts.Random,
    };

    private async Task ServeAsync(IPeerSession peer, IPeerStream stream, CancellationToken cancellationToken)
    {
        HandshakeParameters own = Parameters(peer.RemotePeer, peer.ChannelBinding);
        try
        {
            await using AttestedSession session = await SessionProtocol.AcceptAsync(stream, own, _evidence!, _parts.Time, cancellationToken);
            await _worker!.ServeAsync(session, cancellationToken);
        }
        catch (Exception e) when (e is SessionException or IOException)
        {
            JobLog.SessionRefused(_log, e.GetType().Name, e.Message);
        }
    }

    private void OnTold(ChannelEngine engine, ChannelEffect effect)
    {
        string channel = engine.State.Settings.Address.ToRawString();
        switch (effect)
        {
            case ChannelEffect.Alarm alarm:
                JobLog.PaymentAlarm(_log, channel, alarm.Code);
                break;
            case ChannelEffect.Fault fault:
                JobLog.PeerFault(_log, fault.What.Code, fault.What.Detail);
                break;
        }
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
