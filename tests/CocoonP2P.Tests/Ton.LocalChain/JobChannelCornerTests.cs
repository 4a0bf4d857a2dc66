using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>Prices that rise, money that was not credited, messages that come back.</summary>
public sealed class JobChannelCornerTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly ChannelScene scene = new(fixture.Fresh());

    [Fact]
    public void Deposit_caps_the_end_whatever_both_signed_and_whatever_was_given()
    {
        scene.Open();
        scene.Send(ChannelScene.Stranger, Cell.Empty, "5");
        scene.Send(ChannelScene.Worker, JobChannel.StartClose(1, scene.State(1, "12")));
        scene.Chain.Advance(TimeSpan.FromHours(2));
        Assert.Equal(ChannelScene.Ton("10"), scene.Send(ChannelScene.Worker, JobChannel.Finish(1)).Paid(ChannelScene.Payout));
    }

    [Fact]
    public void Top_up_keeps_what_its_gas_costs_at_the_live_price()
    {
        scene.Open();
        PriceModel prices = Multiply(60);
        Assert.True(prices.Gas(4500) > ChannelScene.Ton("0.005"));
        scene.Send(ChannelScene.Client, JobChannel.TopUp(1), "1");
        Assert.Equal(ChannelScene.Ton("11") - prices.Gas(4500), scene.Data!.Deposit);
    }

    [Fact]
    public void Settlement_that_a_starved_channel_cannot_pay_changes_nothing_and_returns_its_value()
    {
        scene.Open();
        Multiply(300);
        scene.Chain.Advance(TimeSpan.FromDays(365));
        SceneStep step = scene.Send(ChannelScene.Worker, JobChannel.Settle(1, scene.State(1, "10")), "0.5");
        Assert.True(step.Phases.ComputeSucceeded);
        Assert.NotEqual(0, step.Phases.ActionCode);
        Assert.Equal((0UL, Coins.Zero), (scene.Data!.Seq, scene.Data.Paid));
        Assert.True(step.Paid(ChannelScene.Worker) > ChannelScene.Ton("0.2"));
    }

    [Fact]
    public void Message_that_bounced_changes_nothing()
    {
        scene.Open();
        Bits256 before = scene.Account.Data!.Hash;
        Cell body = new CellBuilder().StoreUint(0xFFFFFFFFu, 32).StoreUint(JobChannel.TopUpTag, 32).EndCell();
        Assert.Equal(0, scene.Send(ChannelScene.Payout, body, "1", bounced: true).Exit);
        Assert.Equal(before, scene.Account.Data!.Hash);
    }

    [Fact]
    public void Payments_name_the_agreed_number_and_the_amount()
    {
        scene.Open();
        Assert.Equal((3UL, ChannelScene.Ton("1")), scene.Send(ChannelScene.Worker, JobChannel.Settle(1, scene.State(3, "1"))).Notice());
        Assert.Equal((7UL, ChannelScene.Ton("4")), scene.Send(ChannelScene.Worker, scene.Coop(7, "4")).Notice());
    }

    [Fact]
    public void Roots_by_library_reference_are_refused_though_the_library_is_there()
    {
        scene.Open();
        Cell roots = new ChannelRoots(default, default).ToCell();
        HashmapE<Bits256, Cell> libraries = new(new HashmapOptions<Bits256, Cell>(
            256,
            static (target, key) => target.StoreBits256(key),
            static source => source.LoadBits256(),
            static (target, cell) => target.StoreRef(cell),
            static source => source.LoadRef()));
        libraries.Set(roots.Hash, roots);
        scene.Chain.Publish(libraries.ToCell()!);
        Cell reference = new CellBuilder().StoreUint(2U, 8).StoreBits256(roots.Hash).EndCell(exotic: true);

        Cell body = scene.Scope.Begin(StateBody.Tag).StoreUint(1U, 64).StoreCoins(ChannelScene.Ton("1")).StoreRef(reference).EndCell();
        Cell state = new CellBuilder().StoreUint(1U, 64).StoreCoins(ChannelScene.Ton("1")).StoreRef(reference)
            .StoreRef(SignatureCell.Store(ChannelScene.ClientKey.Sign(body)))
            .StoreRef(SignatureCell.Store(ChannelScene.WorkerKey.Sign(body))).EndCell();
        Cell settle = new CellBuilder().StoreUint(JobChannel.SettleTag, 32).StoreUint(1U, 64).StoreRef(state).EndCell();
        Assert.Equal(9, scene.Send(ChannelScene.Worker, settle).Exit);
    }

    private PriceModel Multiply(ulong times)
    {
        scene.Chain.Configure(ChainConfig.WithPrices(scene.Chain.State.Config, times));
        return new PriceModel(scene.Chain.State.Config);
    }
}
