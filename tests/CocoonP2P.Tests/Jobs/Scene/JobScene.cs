using CocoonP2P.Capacity;
using CocoonP2P.Hosting;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Telemetry;
using CocoonP2P.Tests.Capacity;
using CocoonP2P.Tests.Payments;
using CocoonP2P.Tests.Sessions;
using CocoonP2P.Text;
using CocoonP2P.Ton;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Jobs.Scene;

/// <summary>A real client among scripted workers, on one thread and a clock that the test's waiting moves.</summary>
internal sealed class JobScene : IAsyncDisposable
{
    public const ulong PricePerMillion = 2_000_000;

    private static readonly ModelInfo Info = new("scene", OfferSamples.Model, "cocoon-llm/1", 4_096, 512, 4, 4, true);

    private readonly Supervisor _supervisor = new();
    private readonly WorkerLinks _links;
    private readonly ClientChannels _clientChannels;
    private readonly ClientEngine _engine;
    private readonly KeyPair _key = KeyPair.FromSeed(new byte[32]);

    public JobScene(int workers = 2, bool hedge = false)
    {
        Pump = new Pump(Time, TimeSpan.FromMilliseconds(3));
        Chain = new MemoryChain(Time);
        Workers = [.. Enumerable.Range(1, workers).Select(number => new ScriptedWorker((byte)number, Info, Chain, _supervisor, Time))];
        ChannelPolicy policy = new();
        ClientSettings settings = new(-777, _key.PublicKey, new Address(0, _key.PublicKey), policy, new NanoTon(2_000_000_000), NextRandom) { Hedge = hedge };
        Channels = new ChannelDirectory(
            new ChannelDirectorySettings(_key, null, new MemoryJournal(), Chain, TimeSpan.FromMilliseconds(100)), _supervisor, Time);
        Timeline timeline = new(Time);
        Market = new MarketKeeper(new MarketSettings(policy.MaxPerJob, settings.Deposit), () => Offers, new MemoryJournal(), NextRandom, Time);
        ReceiptBook receipts = new(
            new byte[32], (_, _, _) => Task.CompletedTask, (_, _) => Task.FromResult<byte[]?>(null), Market.Receipted, timeline);
        _links = new WorkerLinks(
            new SceneNetwork(this), Party.NetworkId, Party, Channels, receipts, Market, timeline, Time, NextRandom, NullLogger.Instance);
        _clientChannels = new ClientChannels(settings, Channels, Chain, timeline, Time);
        Desk = new PlaceDesk(Market, Time);
        ClientParts parts = new(settings, Desk, _links, _clientChannels, receipts, _ => { }, timeline, Time, NullLogger.Instance);
        _engine = new ClientEngine(parts, (_, _) => new ValueTask<IModelText>(new SceneText(Info)), [0x8001]);
    }

    public FakeTimeProvider Time { get; } = new(OfferSamples.Now);

    public Pump Pump { get; }

    public MemoryChain Chain { get; }

    public SessionParty Party { get; } = new();

    public IReadOnlyList<ScriptedWorker> Workers { get; }

    public ChannelDirectory Channels { get; }

    public MarketKeeper Market { get; }

    public PlaceDesk Desk { get; }

    /// <summary>Slots that each worker offers.</summary>
    public int Slots { get; set; } = 4;

    private IReadOnlyList<CapacityOffer> Offers =>
    [
        .. Workers.Select((worker, at) => OfferSamples.Of(at, price: PricePerMillion) with
        {
            Worker = worker.Party.PeerId,
            Expires = DateTimeOffset.MaxValue,
            Models = [new ModelOffer(Info.Name, Info.Id, Info.ContextTokens, PricePerMillion, PricePerMillion, Slots, Slots, 0)],
        }),
    ];

    public static ChatOrder Order(int tokens = 40) => new("scene")
    {
        PromptIds = new[] { 1, 2, 3 },
        MaxTokens = tokens,
        Sampling = new SamplingParameters { Seed = 1, Temperature = 0 },
    };

    /// <summary>Runs a test on the scene's thread, and its end as well.</summary>
    public static async Task RunAsync(Func<JobScene, Task> test, int workers = 2, bool hedge = false)
    {
        JobScene scene = new(workers, hedge);
        try
        {
            await scene.Pump.RunAsync(async () =>
            {
                await test(scene);
                return true;
            });
        }
        catch when (scene.Workers.Any(w => w.Fault is not null))
        {
            throw scene.Workers.First(w => w.Fault is not null).Fault!;
        }
        finally
        {
            scene.Pump.Finish(async () => await scene.DisposeAsync());
        }
    }

    public IAsyncEnumerable<AnswerPart> Ask(ChatOrder order, CancellationToken cancellationToken = default) => _engine.AskAsync(order, cancellationToken);

    /// <summary>The whole answer.</summary>
    public async Task<SceneAnswer> AnswerAsync(ChatOrder order)
    {
        List<AnswerPart> parts = [];
        await foreach (AnswerPart part in Ask(order))
        {
            parts.Add(part);
        }

        return new SceneAnswer(parts);
    }

    public async Task<CocoonException> RefusedAsync(ChatOrder order) => await Assert.ThrowsAnyAsync<CocoonException>(() => AnswerAsync(order));

    public Task<EmbeddingAnswer> EmbedAsync(EmbeddingOrder order) => _engine.EmbedAsync(order, default);

    /// <summary>Lets time pass until this holds.</summary>
    public async Task UntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), Time);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _links.DisposeAsync();
        await _supervisor.DisposeAsync();
        _clientChannels.Dispose();
        _key.Dispose();
        Party.Dispose();
        foreach (ScriptedWorker worker in Workers)
        {
            worker.Dispose();
        }
    }

    private readonly Random _random = new(11);

    private void NextRandom(Span<byte> bytes) => _random.NextBytes(bytes);
}
