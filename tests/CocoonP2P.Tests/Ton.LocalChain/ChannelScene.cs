using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using CocoonP2P.Ton.LocalChain;
using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>A client, a worker, an enclave and a stranger around one channel.</summary>
internal sealed class ChannelScene(LocalTon chain, ulong salt = 1, uint period = 3600, Address? payout = null)
{
    // A mutant of the contract, which these tests must notice: see tests/contracts/mutants.mjs. Else the pinned code.
    private static readonly Cell Code = Environment.GetEnvironmentVariable("JOB_CHANNEL_MUTANT") is { Length: > 0 } mutant
        ? BagOfCells.DecodeBase64(mutant)
        : JobChannel.Code;

    public static readonly KeyPair ClientKey = Key(1), WorkerKey = Key(2), EnclaveKey = Key(3), StrangerKey = Key(4);
    public static readonly Address Client = Named(11), Worker = Named(12), Payout = Named(13), Stranger = Named(14);

    public LocalTon Chain => chain;

    public ChannelTerms Terms { get; } = new(
        ClientKey.PublicKey, WorkerKey.PublicKey, LocalTon.GlobalId, salt, period, Client, Worker, payout ?? Payout);

    public StateInit Init => new(Code, ChannelData.Initial(Terms).ToCell());

    public Address Address => Init.AddressIn(0);

    public ChannelScope Scope => new(LocalTon.GlobalId, Address, Epoch);

    public ulong Epoch => Data?.Epoch ?? 0;

    /// <summary>The channel's storage; null when it is gone or not there yet.</summary>
    public ChannelData? Data => Account.Data is { } cell && ChannelData.TryParse(cell, out ChannelData? data) ? data : null;

    public StoredAccount Account => chain.State.AccountAt(Address).State;

    public uint Now => (uint)chain.Now.ToUnixTimeSeconds();

    public static Coins Ton(string amount) => Coins.Parse(amount);

    public Coins Balance(Address address) => chain.State.AccountAt(address).State.Balance;

    /// <summary>Sends to the channel and lets the chain come to rest.</summary>
    public SceneStep Send(Address from, Cell body, string value = "0.05", bool deploy = false, bool bounced = false)
    {
        TransactionRecord? before = chain.State.AccountAt(Address).Last;
        chain.Impersonate(from, new InternalMessage
        {
            Destination = Address,
            Value = Ton(value),
            Body = body,
            Bounced = bounced,
            Init = deploy ? Init : null,
        });
        chain.RunUntilIdle();
        TransactionRecord? step = chain.State.AccountAt(Address).Last;
        Assert.NotNull(step);
        Assert.Same(before, step.Previous);
        return new SceneStep(step);
    }

    public SceneStep Open(string value = "10.025") => Send(Client, JobChannel.TopUp(1), value, deploy: true);

    public SignedState State(ulong seq, string cumulative, Bits256 locks = default, KeyPair? client = null, KeyPair? worker = null, ulong? epoch = null)
    {
        ChannelRoots roots = new(locks, new Bits256(Enumerable.Repeat((byte)seq, 32).ToArray()));
        Cell body = new StateBody(Scope with { Epoch = epoch ?? Epoch }, seq, Ton(cumulative), roots).ToCell();
        return new SignedState(seq, Ton(cumulative), roots, (client ?? ClientKey).Sign(body), (worker ?? WorkerKey).Sign(body));
    }

    public Cell Coop(ulong seq, string cumulative, uint? validUntil = null, KeyPair? client = null, KeyPair? worker = null)
    {
        FinalBody body = new(Scope, seq, Ton(cumulative), validUntil ?? Now + 60, default);
        return JobChannel.CoopClose(1, body, (client ?? ClientKey).Sign(body.ToCell()), (worker ?? WorkerKey).Sign(body.ToCell()));
    }

    public Cell Resolve(ulong job, string total, Cell locks, KeyPair? receipt = null, KeyPair? worker = null)
    {
        ReceiptBody body = new(Scope, job, Ton(total), default);
        return JobChannel.ResolveLock(1, body, locks, (receipt ?? EnclaveKey).Sign(body.ToCell()), (worker ?? WorkerKey).Sign(body.ToCell()));
    }

    public JobLock Lock(string cap, string paid = "0", uint? expiry = null, bool withKey = true) =>
        new(Ton(cap), Ton(paid), expiry ?? Now + 90_000, withKey ? EnclaveKey.PublicKey : default, default);

    private static KeyPair Key(byte seed) => KeyPair.FromSeed(Enumerable.Repeat(seed, 32).ToArray());

    private static Address Named(byte tag) => new(0, new Bits256(Enumerable.Repeat(tag, 32).ToArray()));
}

/// <summary>What one message did to the channel.</summary>
internal sealed record SceneStep(TransactionRecord Record)
{
    public TransactionPhases Phases => Record.Transaction.Phases;

    public int Exit => Phases.ExitCode;

    public int Gas => (int)Phases.GasUsed;

    /// <summary>The notice that goes with the worker's money: sequence and cumulative amount.</summary>
    public (ulong Seq, Coins Cumulative) Notice()
    {
        CellSlice body = Record.Out.Single(static m => m.Operation == 0x4A430081).Body.BeginParse().Skip(32 + 64 + 64);
        return (body.LoadUint(64), body.LoadCoins());
    }

    public Coins Paid(Address to) =>
        Record.Out.Where(m => m.Destination == to).Aggregate(Coins.Zero, static (sum, m) => sum + m.Value);
}
