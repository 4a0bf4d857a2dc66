using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using CocoonP2P.Ton.LocalChain;
using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>Walks a channel's life with real wallets, attaching what the fee book says, and weighs what the chain took.</summary>
public sealed class FeesShownTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private readonly KeyPair clientKey = KeyPair.FromSeed(Enumerable.Repeat((byte)21, 32).ToArray());
    private readonly KeyPair workerKey = KeyPair.FromSeed(Enumerable.Repeat((byte)22, 32).ToArray());
    private readonly KeyPair enclaveKey = KeyPair.FromSeed(Enumerable.Repeat((byte)23, 32).ToArray());

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(60)]
    public void What_is_attached_suffices_and_the_fee_shown_is_the_one_paid(int times)
    {
        Walk walk = Begin(times);
        walk.Does(walk.Client, ChannelOperation.TopUp, JobChannel.TopUp(2), walk.Book.ValueForDeposit(Coins.Parse("1"), first: false));
        ChannelData open = walk.Data!;
        Assert.Equal(Coins.Parse("11"), open.Deposit);

        walk.Does(walk.Worker, ChannelOperation.Settle, JobChannel.Settle(3, State(walk.Terms, open.Epoch, 1, "1", default)));
        walk.Does(walk.Client, ChannelOperation.StartClose, JobChannel.StartClose(4, null));
        Cell locks = Locks((uint)walk.Chain.Now.ToUnixTimeSeconds() + 90_000);
        walk.Does(walk.Worker, ChannelOperation.Challenge, JobChannel.Challenge(5, State(walk.Terms, open.Epoch, 2, "2", locks.Hash)));
        var receipt = new ReceiptBody(ChannelScope.Of(walk.Terms, open.Epoch), 1, Coins.Parse("0.1"), default);
        walk.Does(walk.Worker, ChannelOperation.ResolveLock, JobChannel.ResolveLock(
            6, receipt, locks, enclaveKey.Sign(receipt.ToCell()), workerKey.Sign(receipt.ToCell())));
        walk.Chain.Advance(TimeSpan.FromSeconds(7_300));
        walk.Does(walk.Worker, ChannelOperation.Finish, JobChannel.Finish(7));
        Assert.True(walk.Chain.Totals.IsConserved);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void An_end_by_agreement_costs_what_was_shown(int times)
    {
        Walk walk = Begin(times);
        var final = new FinalBody(
            ChannelScope.Of(walk.Terms, walk.Data!.Epoch), 1, Coins.Parse("4"), (uint)walk.Chain.Now.ToUnixTimeSeconds() + 60, default);
        walk.Does(walk.Worker, ChannelOperation.CoopClose, JobChannel.CoopClose(
            2, final, clientKey.Sign(final.ToCell()), workerKey.Sign(final.ToCell())));
        Assert.Null(walk.Data);
        Assert.True(walk.Chain.Totals.IsConserved);
    }

    /// <summary>A channel of 10 TON at prices multiplied.</summary>
    private Walk Begin(int times)
    {
        LocalTon chain = fixture.Fresh();
        chain.Configure(ChainConfig.WithPrices(chain.State.Config, (ulong)times));
        Owner client = Owner.Of(chain, clientKey);
        Owner worker = Owner.Of(chain, workerKey);
        var terms = new ChannelTerms(
            clientKey.PublicKey, workerKey.PublicKey, LocalTon.GlobalId, (ulong)times, 3_600, client.Wallet.Address, worker.Wallet.Address, worker.Wallet.Address);
        var walk = new Walk(chain, terms, client, worker, new FeeBook(Prices(chain)));
        walk.Does(client, ChannelOperation.Open, JobChannel.TopUp(1), walk.Book.ValueForDeposit(Coins.Parse("10"), first: true));
        return walk;
    }

    private static ChainPrices Prices(LocalTon chain)
    {
        Cell Parameter(int id) => ChainConfig.Parameter(chain.State.Config, id)!;
        Assert.True(ChainPrices.TryParse(
            Parameter(ChainPrices.StorageParameter), Parameter(ChainPrices.GasParameter), Parameter(ChainPrices.ForwardParameter), out ChainPrices? prices));
        return prices;
    }

    private SignedState State(ChannelTerms terms, ulong epoch, ulong seq, string cumulative, Bits256 locks)
    {
        var roots = new ChannelRoots(locks, default);
        Cell body = new StateBody(ChannelScope.Of(terms, epoch), seq, Coins.Parse(cumulative), roots).ToCell();
        return new SignedState(seq, Coins.Parse(cumulative), roots, clientKey.Sign(body), workerKey.Sign(body));
    }

    private Cell Locks(uint expiry) => JobLocks.ToCell(Enumerable.Range(1, JobLocks.MaxCount).Select(id => new KeyValuePair<ulong, JobLock>(
        (ulong)id, new JobLock(Coins.Parse("0.2"), Coins.Zero, expiry, enclaveKey.PublicKey, default))))!;

    /// <summary>One channel, and what each step of it took against what was shown.</summary>
    private sealed record Walk(LocalTon Chain, ChannelTerms Terms, Owner Client, Owner Worker, FeeBook Book)
    {
        public ChannelData? Data =>
            Chain.State.AccountAt(Terms.Address).State.Data is { } cell && ChannelData.TryParse(cell, out ChannelData? data) ? data : null;

        public void Does(Owner who, ChannelOperation operation, Cell body, Coins? value = null)
        {
            Coins before = Chain.Totals.Fees;
            who.Send(Terms, body, value ?? Book.ValueFor(operation));
            TransactionPhases phases = Chain.State.AccountAt(Terms.Address).Last!.Transaction.Phases;
            Assert.Equal((operation, 0, 0), (operation, phases.ExitCode, phases.ActionCode));
            double ratio = (double)(Chain.Totals.Fees - before).Nano / (double)Book.NetworkFee(operation).Nano;
            Assert.True(ratio is > 0.95 and <= 1, $"{operation} took {ratio:F3} of the fee shown");
        }
    }

    /// <summary>A key with a wallet that has coins and is deployed.</summary>
    private sealed class Owner(LocalTon chain, KeyPair key)
    {
        private uint seqno;

        public WalletV5R1 Wallet { get; } = new(key.PublicKey, LocalTon.GlobalId);

        public static Owner Of(LocalTon chain, KeyPair key)
        {
            var owner = new Owner(chain, key);
            chain.Faucet(owner.Wallet.Address, Coins.Parse("200"));
            chain.RunUntilIdle();
            owner.Send(new InternalMessage { Destination = owner.Wallet.Address, Value = 1, Bounce = false });
            return owner;
        }

        public void Send(ChannelTerms channel, Cell body, Coins value)
        {
            bool deploy = chain.State.AccountAt(channel.Address).State.Status != AccountStatus.Active;
            Send(new InternalMessage
            {
                Destination = channel.Address,
                Value = value,
                Body = body,
                Init = deploy ? channel.ToStateInit() : null,
            });
        }

        private void Send(InternalMessage message)
        {
            uint validUntil = (uint)chain.Now.ToUnixTimeSeconds() + 60;
            SendOutcome outcome = chain.Send(
                Wallet.CreateTransfer(key, seqno++, validUntil, [(message, SendMode.PayFeesSeparately)]).ToCell());
            Assert.True(outcome.Accepted, outcome.Error);
            chain.RunUntilIdle();
        }
    }
}
