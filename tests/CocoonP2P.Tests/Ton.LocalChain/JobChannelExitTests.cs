using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>Each refusal of the contract, by its exit code, and that a refused message changes nothing.</summary>
public sealed class JobChannelExitTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly ChannelScene scene = new(fixture.Fresh());

    [Fact]
    public void Stranger_cannot_top_up() => Refused(102, ChannelScene.Stranger, JobChannel.TopUp(1));

    [Fact]
    public void Stranger_cannot_start_a_close() => Refused(102, ChannelScene.Stranger, JobChannel.StartClose(1, null));

    [Fact]
    public void Payout_address_cannot_start_a_close() => Refused(102, ChannelScene.Payout, JobChannel.StartClose(1, null));

    [Fact]
    public void Top_up_that_brings_only_what_is_kept_is_refused() => Refused(103, ChannelScene.Client, JobChannel.TopUp(1), "0.005");

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Message_of_another_stage_is_refused(int operation)
    {
        bool isForClosing = operation != 2;
        if (!isForClosing)
        {
            scene.Open();
            scene.Send(ChannelScene.Client, JobChannel.StartClose(1, null));
        }

        Cell body = operation switch
        {
            2 => JobChannel.Settle(1, scene.State(1, "1")),
            4 => JobChannel.Challenge(1, scene.State(1, "1")),
            5 => scene.Resolve(1, "1", JobLocks.ToCell([new(1, scene.Lock("1"))])!),
            _ => JobChannel.Finish(1),
        };
        Refused(101, ChannelScene.Worker, body, open: isForClosing);
    }

    [Fact]
    public void Top_up_while_closing_is_refused()
    {
        OpenAndClose();
        Refused(101, ChannelScene.Client, JobChannel.TopUp(1), open: false);
    }

    [Fact]
    public void Settlement_must_bring_its_gas() => Refused(103, ChannelScene.Worker, JobChannel.Settle(1, State), "0.004");

    [Fact]
    public void Settlement_above_the_deposit_is_refused()
    {
        scene.Open();
        Refused(103, ChannelScene.Worker, JobChannel.Settle(1, scene.State(1, "10.1")), open: false);
    }

    [Fact]
    public void Old_or_equal_state_is_refused()
    {
        scene.Open();
        scene.Send(ChannelScene.Worker, JobChannel.Settle(1, scene.State(2, "1")));
        Refused(106, ChannelScene.Worker, JobChannel.Settle(1, scene.State(2, "2")), open: false);
        Refused(106, ChannelScene.Worker, JobChannel.Settle(1, scene.State(3, "1")), open: false);
        Refused(106, ChannelScene.Worker, JobChannel.StartClose(1, scene.State(2, "1")), open: false);
        Refused(106, ChannelScene.Worker, scene.Coop(1, "1"), open: false);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void One_signature_never_counts_for_two(int client, int worker)
    {
        KeyPair[] keys = [ChannelScene.ClientKey, ChannelScene.WorkerKey, ChannelScene.StrangerKey];
        scene.Open();
        Refused(104, ChannelScene.Worker, JobChannel.Settle(1, scene.State(1, "1", client: keys[client], worker: keys[worker])), open: false);
        Refused(104, ChannelScene.Client, JobChannel.StartClose(1, scene.State(1, "0", client: keys[client], worker: keys[worker])), open: false);
        Refused(104, ChannelScene.Worker, scene.Coop(1, "1", client: keys[client], worker: keys[worker]), open: false);
        scene.Send(ChannelScene.Client, JobChannel.StartClose(1, null));
        Refused(104, ChannelScene.Worker, JobChannel.Challenge(1, scene.State(1, "1", client: keys[client], worker: keys[worker])), open: false);
    }

    [Fact]
    public void Finish_waits_for_the_end_of_the_period()
    {
        OpenAndClose();
        Refused(105, ChannelScene.Client, JobChannel.Finish(1), open: false);
        scene.Chain.Advance(TimeSpan.FromHours(1));
        Refused(107, ChannelScene.Worker, JobChannel.Challenge(1, State), open: false);
        Refused(103, ChannelScene.Client, JobChannel.Finish(1), "0.004", open: false);
        Assert.Equal(0, scene.Send(ChannelScene.Client, JobChannel.Finish(1)).Exit);
    }

    [Fact]
    public void Final_agreement_expires()
    {
        scene.Open();
        Cell final = scene.Coop(1, "1", validUntil: scene.Now + 60);
        scene.Chain.Advance(TimeSpan.FromSeconds(61));
        Refused(107, ChannelScene.Worker, final, open: false);
    }

    [Fact]
    public void Final_agreement_stays_between_what_was_paid_and_the_deposit()
    {
        scene.Open();
        scene.Send(ChannelScene.Worker, JobChannel.Settle(1, scene.State(1, "2")));
        Refused(103, ChannelScene.Worker, scene.Coop(1, "1.9"), open: false);
        Refused(103, ChannelScene.Worker, scene.Coop(1, "10.1"), open: false);
        Refused(103, ChannelScene.Worker, scene.Coop(1, "3"), "0.004", open: false);
    }

    [Fact]
    public void Lock_pays_only_by_its_own_rules()
    {
        scene.Open();
        KeyValuePair<ulong, JobLock>[] all =
        [
            new(1, scene.Lock("0.5", paid: "0.2")),
            new(2, scene.Lock("0.5", withKey: false)),
            new(3, scene.Lock("0.5", expiry: scene.Now - 1)),
        ];
        Cell locks = JobLocks.ToCell(all)!;
        Cell other = JobLocks.ToCell(all[..1])!;
        scene.Send(ChannelScene.Worker, JobChannel.StartClose(1, scene.State(1, "1", locks.Hash)));

        Refused(108, ChannelScene.Worker, scene.Resolve(1, "0.3", other), open: false);
        Refused(108, ChannelScene.Worker, scene.Resolve(9, "0.3", locks), open: false);
        Refused(108, ChannelScene.Worker, scene.Resolve(2, "0.3", locks), open: false);
        Refused(107, ChannelScene.Worker, scene.Resolve(3, "0.3", locks), open: false);
        Refused(103, ChannelScene.Worker, scene.Resolve(1, "0.2", locks), open: false);
        Refused(103, ChannelScene.Worker, scene.Resolve(1, "0.51", locks), open: false);
        Refused(104, ChannelScene.Worker, scene.Resolve(1, "0.3", locks, receipt: ChannelScene.WorkerKey), open: false);
        Refused(104, ChannelScene.Worker, scene.Resolve(1, "0.3", locks, worker: ChannelScene.EnclaveKey), open: false);
        Assert.Equal(0, scene.Send(ChannelScene.Worker, scene.Resolve(1, "0.3", locks)).Exit);
        Refused(108, ChannelScene.Worker, scene.Resolve(1, "0.4", locks), open: false);
    }

    [Fact]
    public void Malformed_or_exotic_roots_are_refused()
    {
        scene.Open();
        SignedState state = State;
        Cell library = new CellBuilder().StoreUint(2U, 8).StoreBits256(state.Roots.ToCell().Hash).EndCell(exotic: true);
        foreach (Cell roots in (Cell[])[Cell.Empty, new CellBuilder().StoreUint(0U, 100).EndCell(), library])
        {
            Cell wrapped = new CellBuilder().StoreUint(state.Seq, 64).StoreCoins(state.Cumulative).StoreRef(roots)
                .StoreRef(SignatureCell.Store(state.ClientSignature)).StoreRef(SignatureCell.Store(state.WorkerSignature)).EndCell();
            Refused(9, ChannelScene.Worker, new CellBuilder().StoreUint(JobChannel.SettleTag, 32).StoreUint(1U, 64).StoreRef(wrapped).EndCell(), open: false);
        }
    }

    [Fact]
    public void Unknown_message_bounces_and_an_empty_one_is_a_gift()
    {
        scene.Open();
        Refused(65535, ChannelScene.Stranger, new CellBuilder().StoreUint(0x12345678U, 32).StoreUint(0U, 64).EndCell(), open: false);
        Coins before = scene.Account.Balance;
        Assert.Equal(0, scene.Send(ChannelScene.Stranger, Cell.Empty, "1").Exit);
        Assert.True(scene.Account.Balance > before);
        Assert.Equal(ChannelScene.Ton("10"), scene.Data!.Deposit);
    }

    [Theory]
    [InlineData(3599u)]
    [InlineData(86401u)]
    public void Terms_with_an_absurd_period_take_no_deposit(uint period)
    {
        ChannelScene absurd = new(scene.Chain, period: period);
        Assert.Equal(109, absurd.Open().Exit);
    }

    [Fact]
    public void Terms_whose_payout_cannot_be_paid_take_no_deposit()
    {
        ChannelScene foreign = new(scene.Chain, payout: new Address(-1, ChannelScene.Payout.Hash));
        Assert.Equal(109, foreign.Open().Exit);
    }

    private SignedState State => scene.State(1, "1");

    private void OpenAndClose()
    {
        scene.Open();
        Assert.Equal(0, scene.Send(ChannelScene.Client, JobChannel.StartClose(1, null)).Exit);
    }

    private void Refused(int code, Address from, Cell body, string value = "0.05", bool open = true)
    {
        if (open)
        {
            scene.Open();
        }

        Bits256? before = scene.Account.Data?.Hash;
        SceneStep step = scene.Send(from, body, value);
        Assert.Equal(code, step.Exit);
        Assert.Equal(before, scene.Account.Data?.Hash);
        Assert.True(step.Paid(from) > Coins.Zero, "a refused value goes back");
    }
}
