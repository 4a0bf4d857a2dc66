using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using CocoonP2P.Ton.LocalChain;
using CocoonP2P.Ton.LocalChain.Ledger;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>The chain around the contracts: coins, clock, faults, one history from one seed.</summary>
public sealed class LedgerTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private static readonly KeyPair Key = KeyPair.FromSeed(Enumerable.Repeat((byte)9, 32).ToArray());

    private readonly FakeTimeProvider time = fixture.Time;
    private readonly LocalTon chain = fixture.Fresh();
    private readonly WalletV5R1 wallet = new(Key.PublicKey, LocalTon.GlobalId);

    [Fact]
    public void Every_coin_is_somewhere_also_while_messages_travel()
    {
        ChannelScene scene = new(chain);
        chain.Impersonate(ChannelScene.Client, Top(scene, "10"));
        Assert.True(chain.Totals.IsConserved);
        Assert.Equal(Coins.Parse("10"), chain.Totals.InFlight);
        chain.RunUntilIdle();
        scene.Send(ChannelScene.Stranger, JobChannel.TopUp(1));
        Assert.True(chain.Totals.IsConserved);
        Assert.True(chain.Totals.Fees > Coins.Zero);
    }

    [Fact]
    public void Rent_is_collected_and_counted()
    {
        ChannelScene scene = new(chain);
        scene.Open();
        chain.Advance(TimeSpan.FromDays(365));
        scene.Send(ChannelScene.Client, JobChannel.TopUp(1), "1");
        Assert.True(chain.Totals.Rent > Coins.Parse("0.001"));
        Assert.True(chain.Totals.IsConserved);
    }

    [Fact]
    public void Going_back_to_a_snapshot_undoes_everything()
    {
        ChannelScene scene = new(chain);
        ChainSnapshot before = chain.Snapshot();
        scene.Open();
        Assert.NotNull(scene.Data);
        chain.Restore(before);
        Assert.Null(scene.Data);
        Assert.Equal(ChainState.Genesis, chain.Totals.Treasury);
    }

    [Fact]
    public void Same_seed_and_script_give_the_same_transactions()
    {
        ChainSnapshot before = chain.Snapshot();
        Bits256 Run()
        {
            chain.Restore(before);
            ChannelScene scene = new(chain);
            scene.Open();
            scene.Send(ChannelScene.Worker, JobChannel.Settle(1, scene.State(1, "1")));
            scene.Send(ChannelScene.Worker, scene.Coop(2, "2"));
            return chain.State.Last!.Transaction.Id.Hash;
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Frozen_chain_keeps_messages_until_it_thaws()
    {
        Fund();
        chain.Freeze();
        Assert.True(chain.Send(Order(0)).Accepted);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(AccountStatus.Uninitialized, StatusOf(wallet.Address));
        chain.Thaw();
        Assert.Equal(AccountStatus.Active, StatusOf(wallet.Address));
    }

    [Fact]
    public void Lost_message_is_accepted_and_never_seen_again()
    {
        Fund();
        chain.Faults.DropExternals(1);
        Assert.True(chain.Send(Order(0)).Accepted);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(AccountStatus.Uninitialized, StatusOf(wallet.Address));
        Assert.True(chain.Send(Order(0)).Accepted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AccountStatus.Active, StatusOf(wallet.Address));
    }

    [Fact]
    public void Delayed_message_arrives_after_its_delay()
    {
        Fund();
        chain.Faults.DelayBlocks = 8;
        Assert.True(chain.Send(Order(0)).Accepted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AccountStatus.Uninitialized, StatusOf(wallet.Address));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(AccountStatus.Active, StatusOf(wallet.Address));
    }

    [Fact]
    public void Any_legal_order_keeps_each_pairs_own()
    {
        MessageRecord Sent(byte from, ulong lt) => MessageRecord.Read(new InternalMessage
        {
            Source = new Address(0, new Bits256(Enumerable.Repeat(from, 32).ToArray())),
            Destination = wallet.Address,
            Value = 1,
            CreatedLt = lt,
        }.ToCell());
        MessageRecord[] messages = [.. Enumerable.Range(0, 40).Select(i => Sent((byte)(i % 3), (ulong)i))];
        MessageRecord[] arranged = [.. new ShuffledOrder(new Random(3)).Arrange(messages)];

        Assert.NotEqual(messages, arranged);
        Assert.Equal(messages.Length, arranged.Distinct().Count());
        Assert.All(arranged.GroupBy(m => m.Source), pair => Assert.Equal(pair.OrderBy(m => m.CreatedLt), pair));
    }

    [Fact]
    public void What_is_no_external_message_is_refused()
    {
        Assert.False(chain.Send(Cell.Empty).Accepted);
        Assert.False(chain.Send(Order(0)).Accepted);
    }

    private AccountStatus StatusOf(Address address) => chain.State.AccountAt(address).State.Status;

    private void Fund()
    {
        chain.Faucet(wallet.Address, Coins.Parse("5"));
        chain.RunUntilIdle();
    }

    private Cell Order(uint seqno) => wallet.CreateTransfer(
        Key,
        seqno,
        (uint)chain.Now.ToUnixTimeSeconds() + 3600,
        [(new InternalMessage { Destination = ChannelScene.Client, Value = Coins.Parse("0.1"), Bounce = false }, SendMode.PayFeesSeparately)]).ToCell();

    private static InternalMessage Top(ChannelScene scene, string value) => new()
    {
        Destination = scene.Address,
        Value = Coins.Parse(value),
        Body = JobChannel.TopUp(1),
        Init = scene.Init,
    };
}
