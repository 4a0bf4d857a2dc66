using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>What the contract should do, derived again from its table of checks and not from its source.</summary>
internal sealed class ChannelModel
{
    private const ulong TopUpGas = 4500, EndGas = 10_000;
    private static readonly Coins Floor = Coins.Parse("0.005");

    public ChannelStatus Status { get; private set; } = ChannelStatus.Open;

    public int Extensions { get; private set; }

    public Coins Deposit { get; private set; }

    public Coins Paid { get; private set; }

    public Coins Owed { get; private set; }

    public ulong Seq { get; private set; }

    public uint CloseAt { get; private set; }

    public ChannelRoots Roots { get; private set; }

    public Dictionary<ulong, JobLock> Locks { get; private set; } = [];

    public static ChannelModel Opened(Coins deposit) => new() { Deposit = deposit };

    public static Coins EndKeeps(PriceModel prices) =>
        PriceModel.Max(Floor, prices.Gas(EndGas) + prices.Forward(1023, 1) + prices.Forward(1023, 1));

    public int TopUp(bool byClient, Coins value, PriceModel prices)
    {
        Coins keep = PriceModel.Max(Floor, prices.Gas(TopUpGas));
        int exit = !byClient ? 102 : Status == ChannelStatus.Closing ? 101 : value <= keep ? 103 : 0;
        Deposit = exit == 0 ? Deposit + value - keep : Deposit;
        return exit;
    }

    public int Settle(ModelState state, Coins value)
    {
        int exit = Status != ChannelStatus.Open ? 101
            : value < Floor ? 103
            : !state.SignedByBoth ? 104
            : state.Cumulative <= Paid || state.Seq <= Seq ? 106
            : state.Cumulative > Deposit ? 103 : 0;
        if (exit == 0)
        {
            (Paid, Seq, Roots, Locks) = (state.Cumulative, state.Seq, state.Roots, state.Locks);
        }

        return exit;
    }

    public int StartClose(bool byParty, ModelState? state, uint now)
    {
        int exit = Status != ChannelStatus.Open ? 101 : !byParty ? 102 : state is null ? 0
            : !state.SignedByBoth ? 104 : state.Seq <= Seq ? 106 : 0;
        if (exit == 0)
        {
            (Status, Owed, CloseAt) = (ChannelStatus.Closing, Paid, now + 3600);
            Adopt(state, now);
        }

        return exit;
    }

    public int Challenge(ModelState state, uint now)
    {
        int exit = Status != ChannelStatus.Closing ? 101 : now >= CloseAt ? 107 : !state.SignedByBoth ? 104 : state.Seq <= Seq ? 106 : 0;
        if (exit == 0)
        {
            Adopt(state, now);
        }

        return exit;
    }

    public int Resolve(ulong job, Coins total, Cell locks, bool signedByBoth, uint now)
    {
        int exit = Status != ChannelStatus.Closing ? 101
            : now >= CloseAt ? 107
            : locks.Hash != Roots.LocksHash ? 108
            : !Locks.TryGetValue(job, out JobLock entry) || entry.ReceiptKey.IsZero ? 108
            : now > entry.Expiry ? 107
            : total > entry.Cap || total <= entry.Paid ? 103
            : !signedByBoth ? 104 : 0;
        if (exit == 0)
        {
            Owed += total - Locks[job].Paid;
            Locks = Locks.Where(pair => pair.Key != job).ToDictionary();
            Roots = Roots with { LocksHash = JobLocks.HashOf(Locks) };
        }

        return exit;
    }

    /// <summary>The exit code of Finish and what is due to the worker.</summary>
    public (int Exit, Coins Due) Finish(Coins value, uint now)
    {
        int exit = Status != ChannelStatus.Closing ? 101 : now < CloseAt ? 105 : value < Floor ? 103 : 0;
        Coins owed = Owed < Deposit ? Owed : Deposit;
        return (exit, PriceModel.Max(owed, Paid) - Paid);
    }

    public (int Exit, Coins Due) CoopClose(FinalBody final, bool signedByBoth, Coins value, uint now)
    {
        int exit = value < Floor ? 103
            : now > final.ValidUntil ? 107
            : final.Seq < Seq ? 106
            : final.Cumulative < Paid || final.Cumulative > Deposit ? 103
            : !signedByBoth ? 104 : 0;
        return (exit, exit == 0 ? final.Cumulative - Paid : Coins.Zero);
    }

    public void AssertSame(ChannelData data)
    {
        Assert.Equal((Status, Extensions, Deposit, Paid, Seq, Roots), (data.Status, data.Extensions, data.Deposit, data.Paid, data.Seq, data.Roots));
        if (Status == ChannelStatus.Closing)
        {
            Assert.Equal((Owed, CloseAt), (data.Owed, data.CloseAt));
        }
    }

    public ChannelModel Clone() => (ChannelModel)MemberwiseClone();

    private void Adopt(ModelState? state, uint now)
    {
        if (state is null)
        {
            return;
        }

        (Seq, Owed, Roots, Locks) = (state.Seq, PriceModel.Max(state.Cumulative, Paid), state.Roots, state.Locks);
        if (now + 1800 > CloseAt && Extensions < 2)
        {
            (CloseAt, Extensions) = (now + 1800, Extensions + 1);
        }
    }
}

/// <summary>A state as the model knows it.</summary>
internal sealed record ModelState(ulong Seq, Coins Cumulative, ChannelRoots Roots, Dictionary<ulong, JobLock> Locks, bool SignedByBoth);
