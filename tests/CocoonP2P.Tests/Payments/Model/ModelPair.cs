using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Tests.Payments;

/// <summary>Client, worker, contract and a clock under the test's control.</summary>
internal sealed class ModelPair
{
    public static readonly TestKey ClientKey = new(1);
    public static readonly TestKey WorkerKey = new(2);
    public static readonly TestKey ReceiptKey = new(3);
    public static readonly PriceList Prices = new(Prompt: 1_000_000, Cached: 500_000, Completion: 10_000_000, Reasoning: 10_000_000);

    /// <summary>16 tokens of prompt and a chunk of 64 tokens cost 656; a chunk alone 640.</summary>
    public const ulong Credit = 1400;

    public ModelPair(ulong deposit = 1_000_000)
    {
        ChannelTerms terms = new(
            ClientKey.Public, WorkerKey.Public, -777, 7, 3600, At(10), At(11), At(12));
        ChannelPolicy policy = new() { Credit = new NanoTon(Credit), SettleThreshold = new NanoTon(5_000) };
        ChannelSettings client = new(ChannelRole.Client, terms, At(13), policy);
        Client = new ModelSide(client, ClientKey, ReceiptKey);
        Worker = new ModelSide(client with { Role = ChannelRole.Worker }, WorkerKey, ReceiptKey);
        Contract = new ModelContract(client, 1000);
        Deposit = deposit;
    }

    public ulong Deposit { get; }

    public ModelSide Client { get; }

    public ModelSide Worker { get; }

    public ModelContract Contract { get; }

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    public uint Seconds => (uint)Now.ToUnixTimeSeconds();

    public static JobOrder Order(byte job, uint tokens = 256, bool receiptLock = false)
    {
        Usage prompt = new(Prompt: 16);
        Assert.True(Prices.TryCap(prompt with { Completion = tokens }, out NanoTon? cap));
        Assert.True(Prices.TryCost(prompt with { Completion = 64 }, out NanoTon? first));
        return new JobOrder(Hash(job), Prices, cap.Value, NanoTon.Zero, first.Value, ReceiptKey.Public, receiptLock);
    }

    public static Bits256 Hash(byte seed) => new(Enumerable.Repeat(seed, 32).ToArray());

    public void Pass(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    /// <summary>Runs both sides, their messages and their transactions until nothing is left to do.</summary>
    public void Settle()
    {
        for (bool moved = true; moved;)
        {
            Client.Run(Now);
            Worker.Run(Now);
            moved = Deliver(Client, Worker) | Deliver(Worker, Client) | Execute(Client) | Execute(Worker);
        }
    }

    /// <summary>Both sides read the chain.</summary>
    public void Look()
    {
        Client.Step(new ChannelEvent.ChainSeen(Contract.View(Seconds)), Now);
        Worker.Step(new ChannelEvent.ChainSeen(Contract.View(Seconds)), Now);
        Settle();
    }

    /// <summary>Opens the channel and its first session.</summary>
    public ModelPair Opened()
    {
        Client.Step(new ChannelEvent.FundWanted(new NanoTon(Deposit)), Now);
        Settle();
        Look();
        Look();
        Connect();
        return this;
    }

    public void Connect()
    {
        Client.Step(new ChannelEvent.SessionOpened(), Now);
        Worker.Step(new ChannelEvent.SessionOpened(), Now);
        Settle();
    }

    public void Both(ChannelEvent happened)
    {
        Client.Step(happened, Now);
        Worker.Step(happened, Now);
        Settle();
    }

    public bool Execute(ModelSide side)
    {
        if (side.Submitted.Count == 0)
        {
            return false;
        }

        ChannelTx tx = side.Submitted[0];
        side.Submitted.RemoveAt(0);
        bool done = Contract.Execute(tx, side.Own(tx), Seconds);
        side.Step(new ChannelEvent.TxOutcome(tx.Key, done), Now);
        return true;
    }

    private bool Deliver(ModelSide from, ModelSide to)
    {
        if (from.Outbox.Count == 0)
        {
            return false;
        }

        PaymentMessage message = from.Outbox[0];
        from.Outbox.RemoveAt(0);
        to.Step(new ChannelEvent.PeerSent(message), Now);
        return true;
    }

    private static Address At(byte seed) => new(0, Hash(seed));
}
