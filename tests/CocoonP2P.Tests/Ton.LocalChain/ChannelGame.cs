using System.Globalization;
using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using CocoonP2P.Ton.LocalChain;
using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>Plays random moves on the contract and on its model, and compares after each.</summary>
internal sealed class ChannelGame
{
    private static readonly Dictionary<OpKind, int> Budgets = new()
    {
        [OpKind.TopUp] = 3600, [OpKind.Settle] = 8100, [OpKind.StartClose] = 7800, [OpKind.StartCloseWithState] = 7800,
        [OpKind.Challenge] = 7300, [OpKind.Resolve] = 12_000, [OpKind.Finish] = 8100, [OpKind.CoopClose] = 9300,
    };

    private readonly ChannelScene scene;
    private readonly string prices2026;
    private ChannelModel model;
    private PriceModel prices;
    private ulong level = 1;
    private Coins rent;

    public ChannelGame(LocalTon chain)
    {
        scene = new ChannelScene(chain);
        prices2026 = chain.State.Config;
        prices = new PriceModel(prices2026);
        Assert.Equal(0, scene.Open().Exit);
        model = ChannelModel.Opened(scene.Data!.Deposit);
    }

    public int Messages { get; private set; }

    public bool IsOver { get; private set; }

    public bool WasClamped { get; private set; }

    public void Play(ChannelOp op)
    {
        switch (op.Kind)
        {
            case OpKind.Wait:
                scene.Chain.Advance(TimeSpan.FromSeconds(op.Percent * 20));
                break;
            case OpKind.Prices:
                level = (ulong[])[1, 1, 6, 300] is var levels ? levels[op.Job - 1] : 1;
                scene.Chain.Configure(ChainConfig.WithPrices(prices2026, level));
                prices = new PriceModel(scene.Chain.State.Config);
                break;
            default:
                Message(op);
                break;
        }
    }

    private void Message(ChannelOp op)
    {
        ulong nano = op.Generous ? 60_000_000 * level : 200_000UL * (ulong)op.Percent * level;
        Coins value = nano;
        ChannelModel next = model.Clone();
        (Cell body, int expected, Coins? due) = Move(op, next, value);
        Address from = op.Party switch { 0 => ChannelScene.Client, 1 => ChannelScene.Worker, _ => ChannelScene.Stranger };
        (Coins balance, Bits256? stored) = (scene.Account.Balance, scene.Account.Data?.Hash);

        SceneStep step = scene.Send(from, body, value.Nano == 0 ? "0" : ((decimal)nano / 1_000_000_000).ToString("0.#########", CultureInfo.InvariantCulture));
        Messages++;
        rent += step.Phases.StorageFees;
        bool succeeded = step.Phases.ComputeSucceeded && step.Phases.ActionCode is 0 && !step.Phases.Aborted;
        Assert.True(scene.Chain.Totals.IsConserved);
        if (op.Generous)
        {
            Assert.Equal((expected, expected == 0), (step.Exit, succeeded));
        }

        if (!succeeded)
        {
            Assert.Equal(stored, scene.Account.Data?.Hash);
            return;
        }

        Assert.Equal(0, expected);
        Assert.True(step.Gas <= Budgets.GetValueOrDefault(op.Kind, 12_000), $"{op.Kind} took {step.Gas} gas");
        if (due is { } owed)
        {
            Ended(step, owed, balance + value - step.Phases.StorageFees);
            return;
        }

        model = next;
        model.AssertSame(scene.Data!);
        Assert.True(model.Paid <= model.Deposit);
        Assert.True(scene.Account.Balance + rent >= model.Deposit - model.Paid, "a hole in the balance");
    }

    private void Ended(SceneStep step, Coins due, Coins available)
    {
        Coins keep = ChannelModel.EndKeeps(prices);
        Coins affordable = available > keep ? available - keep : Coins.Zero;
        Coins expected = due < affordable ? due : affordable;
        Assert.Equal(expected, step.Paid(ChannelScene.Payout));
        Assert.True(step.Record.LeavesNothing);
        Assert.Equal(Coins.Zero, scene.Account.Balance);
        if (expected > Coins.Zero)
        {
            Assert.Equal(model.Paid + expected, step.Notice().Cumulative);
        }

        WasClamped = expected < due;
        IsOver = true;
    }

    private (Cell Body, int Expected, Coins? Due) Move(ChannelOp op, ChannelModel next, Coins value)
    {
        (ModelState state, SignedState signed) = NewState(op);
        bool isParty = op.Party != 2;
        switch (op.Kind)
        {
            case OpKind.TopUp:
                return (JobChannel.TopUp(1), next.TopUp(op.Party == 0, value, prices), null);
            case OpKind.Settle:
                return (JobChannel.Settle(1, signed), next.Settle(state, value), null);
            case OpKind.StartClose:
                return (JobChannel.StartClose(1, null), next.StartClose(isParty, null, scene.Now), null);
            case OpKind.StartCloseWithState:
                return (JobChannel.StartClose(1, signed), next.StartClose(isParty, state, scene.Now), null);
            case OpKind.Challenge:
                return (JobChannel.Challenge(1, signed), next.Challenge(state, scene.Now), null);
            case OpKind.Resolve:
                return Receipt(op, next);
            case OpKind.Finish:
                (int exit, Coins due) = next.Finish(value, scene.Now);
                return (JobChannel.Finish(1), exit, due);
            case OpKind.CoopClose:
                return Final(op, next, value);
            case OpKind.Gift:
                return (Cell.Empty, 0, null);
            default:
                return (new CellBuilder().StoreUint((ulong)op.Percent, 32).StoreUint(0U, 64).EndCell(), 65535, null);
        }
    }

    private (ModelState Model, SignedState Signed) NewState(ChannelOp op)
    {
        Dictionary<ulong, JobLock> locks = [];
        for (ulong job = 1; job <= (ulong)op.Locks; job++)
        {
            locks[job] = new JobLock(100_000_000 * job, 30_000_000 * job, scene.Now + (job == 3 ? 50u : 20_000u),
                job == 2 ? default : ChannelScene.EnclaveKey.PublicKey, default);
        }

        ModelState state = new(model.Seq + (ulong)op.SeqStep, new Coins(model.Deposit.Nano * (uint)op.Percent / 100),
            new ChannelRoots(JobLocks.HashOf(locks), ChannelScene.Client.Hash), locks, op.Signers < 8);
        Cell body = new StateBody(scene.Scope, state.Seq, state.Cumulative, state.Roots).ToCell();
        (KeyPair first, KeyPair second) = Signers(op, ChannelScene.ClientKey);
        return (state, new SignedState(state.Seq, state.Cumulative, state.Roots, first.Sign(body), second.Sign(body)));
    }

    private (Cell Body, int Expected, Coins? Due) Receipt(ChannelOp op, ChannelModel next)
    {
        Dictionary<ulong, JobLock> known = model.Locks.Count > 0 ? model.Locks : new() { [1] = new JobLock(1, 0, scene.Now, default, default) };
        Cell locks = JobLocks.ToCell(known)!;
        ulong job = (ulong)op.Job;
        JobLock entry = known.GetValueOrDefault(job);
        Coins total = entry.Paid + new Coins((entry.Cap.Nano - entry.Paid.Nano) * (uint)op.Percent / 100);
        ReceiptBody body = new(scene.Scope, job, total, default);
        (KeyPair first, KeyPair second) = Signers(op, ChannelScene.EnclaveKey);
        Cell message = JobChannel.ResolveLock(1, body, locks, first.Sign(body.ToCell()), second.Sign(body.ToCell()));
        return (message, next.Resolve(job, total, locks, op.Signers < 8, scene.Now), null);
    }

    private (Cell Body, int Expected, Coins? Due) Final(ChannelOp op, ChannelModel next, Coins value)
    {
        // A meagre value and the whole deposit together starve the ending.
        Coins cumulative = new(model.Deposit.Nano * (uint)(op.Locks == 3 ? 100 : op.Percent) / 100);
        FinalBody final = new(scene.Scope, model.Seq + (ulong)op.SeqStep, cumulative, scene.Now + (uint)op.Job - 1, default);
        (KeyPair first, KeyPair second) = Signers(op, ChannelScene.ClientKey);
        (int exit, Coins due) = next.CoopClose(final, op.Signers < 8, value, scene.Now);
        return (JobChannel.CoopClose(1, final, first.Sign(final.ToCell()), second.Sign(final.ToCell())), exit, due);
    }

    private static (KeyPair First, KeyPair Second) Signers(ChannelOp op, KeyPair first) => op.Signers switch
    {
        8 => (first, first),
        9 => (ChannelScene.WorkerKey, ChannelScene.WorkerKey),
        _ => (first, ChannelScene.WorkerKey),
    };
}
