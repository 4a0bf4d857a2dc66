using CocoonP2P.Hosting;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Storage;
using CocoonP2P.Ton;
using CocoonP2P.Ton.LocalChain;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Payments;

/// <summary>Two engines with journals on disk, wallets of their own, and the real contract on the local chain, asked by the
/// production client.</summary>
internal sealed class ChainScene : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cocoon-channel-");
    private readonly Supervisor _supervisor = new();
    private readonly FakeTimeProvider _time;
    private readonly Journal _clientJournal;
    private readonly Journal _workerJournal;

    public ChainScene(LocalTon chain, FakeTimeProvider time)
    {
        _time = time;
        Chain = chain;
        KeyPair clientKey = Key(21), workerKey = Key(22), receiptKey = Key(23);
        ITonClient endpoint = new TonCenterClient(
            new TonCenterOptions { Endpoint = new Uri("https://local.example/api/v2"), ApiKey = "test", RequestsPerSecond = 1000, Burst = 1000 },
            new FacadeHandler(new TonCenterFacade(chain)), time, new Random(1));
        ClientWallet = new WalletV5R1(Key(31).PublicKey, LocalTon.GlobalId);
        WorkerWallet = new WalletV5R1(Key(32).PublicKey, LocalTon.GlobalId);
        uint now = (uint)chain.Now.ToUnixTimeSeconds();
        Quote = new Quote(
            LocalTon.GlobalId, workerKey.PublicKey, WorkerWallet.Address, Payout, ModelPair.Hash(50), ModelPair.Prices,
            new NanoTon(2000), 64, false, [3600], new NanoTon(1), now, now + 3600, 1);
        ChannelState client = ChannelOpening.ForClient(Quote, clientKey.PublicKey, ClientWallet.Address, 7, new ChannelPolicy(), 3600);
        Assert.True(ChannelOpening.TryForWorker(
            new ChannelTermsMessage(client.Settings.Address.Hash, client.Settings.Terms), Quote, new ChannelPolicy(), out ChannelState? worker, out _));
        Settings = client.Settings;
        _clientJournal = Journal.Open(Path.Combine(_folder.FullName, "client.db"));
        _workerJournal = Journal.Open(Path.Combine(_folder.FullName, "worker.db"));
        Client = Engine(client, _clientJournal, clientKey, null, new WalletSender([endpoint], ClientWallet, Key(31), _clientJournal, time, Pace), endpoint, time);
        Worker = Engine(worker, _workerJournal, workerKey, receiptKey, new WalletSender([endpoint], WorkerWallet, Key(32), _workerJournal, time, Pace), endpoint, time);
        ReceiptKey = receiptKey.PublicKey;
    }

    public static Address Payout => new(0, ModelPair.Hash(77));

    public LocalTon Chain { get; }

    public WalletV5R1 ClientWallet { get; }

    public WalletV5R1 WorkerWallet { get; }

    public Quote Quote { get; }

    public ChannelSettings Settings { get; }

    public ChannelEngine Client { get; }

    public ChannelEngine Worker { get; }

    public Bits256 ReceiptKey { get; }

    /// <summary>Whether messages between the two arrive.</summary>
    public bool Connected { get; set; } = true;

    public List<ChannelEffect> Told { get; } = [];

    public async Task StartAsync()
    {
        Chain.Faucet(ClientWallet.Address, 2_000_000_000);
        Chain.Faucet(WorkerWallet.Address, 1_000_000_000);
        await UntilAsync(() => Chain.State.IsIdle);
        Client.Start(_supervisor);
        Worker.Start(_supervisor);
        await MeetAsync();
    }

    public async Task MeetAsync()
    {
        await Client.PostAsync(new ChannelEvent.SessionOpened(), default);
        await Worker.PostAsync(new ChannelEvent.SessionOpened(), default);
    }

    /// <summary>An honest job of some chunks, both sides at once. Returns its number.</summary>
    public async Task<ulong> JobAsync(byte number, int chunks)
    {
        Assert.True(JobOrders.TryMake(Quote, ModelPair.Hash(number), new Usage(16, Completion: 512), ReceiptKey, false, out JobOrder? order));
        Task<ulong> expected = Worker.ExpectAsync(order, default);
        ulong job = await Client.LockAsync(order, default);
        Assert.Equal(job, await expected);
        Usage used = new(Prompt: 16);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            used = used with { Completion = used.Completion + 64 };
            await Worker.DeliverAsync(job, used, default);
            await Client.PayAsync(job, used, default);
        }

        await Worker.ReceiptAsync(job, new JobResult(ModelPair.Hash(number), ModelPair.Hash(99), 1, 2, used), default);
        await Client.CloseJobAsync(ModelPair.Hash(number), default);
        return job;
    }

    /// <summary>Lets virtual time pass until this holds.</summary>
    public async Task UntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _time);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _supervisor.DisposeAsync();
        await _clientJournal.DisposeAsync();
        await _workerJournal.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static KeyPair Key(byte seed) => KeyPair.FromSeed(Enumerable.Repeat(seed, 32).ToArray());

    private ChannelEngine Engine(
        ChannelState start, Journal journal, KeyPair key, KeyPair? receipts, WalletSender wallet, ITonClient endpoint, FakeTimeProvider time)
    {
        ChannelSigner signer = new(journal, start.Settings, key, receipts);
        bool client = start.Settings.Role == ChannelRole.Client;
        return new ChannelEngine(
            start,
            new ChannelPorts(new JournalStore(journal), signer, new TonChainPort([endpoint], wallet), (message, cancellation) => SendAsync(client, message, cancellation), Told.Add),
            time,
            Pace);
    }

    private async ValueTask SendAsync(bool fromClient, PaymentMessage message, CancellationToken cancellation)
    {
        Assert.True(Wire.TryDecode(Wire.Encode(message), Limits.PaymentMessageBytes, out PaymentMessage? received, out _));
        if (Connected)
        {
            await (fromClient ? Worker : Client).PostAsync(new ChannelEvent.PeerSent(received), cancellation);
        }
    }
}
