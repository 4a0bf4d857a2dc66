using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>One channel's life: jobs are locked and paid in chunks, then one side tries everything its keys allow.</summary>
/// <remarks>The hostile side holds the enclave's key too. The honest one is awake every quarter of a period.</remarks>
internal sealed class HonestGame(ChannelScene scene, Random random, bool workerIsHonest)
{
    private const int Jobs = 4;

    private readonly List<(SignedState State, Dictionary<ulong, JobLock> Locks)> states = [];
    private readonly Dictionary<ulong, Coins> prices = [];

    private Address Honest => workerIsHonest ? ChannelScene.Worker : ChannelScene.Client;

    private Address Hostile => workerIsHonest ? ChannelScene.Client : ChannelScene.Worker;

    private KeyPair HostileKey => workerIsHonest ? ChannelScene.ClientKey : ChannelScene.WorkerKey;

    public void Play()
    {
        RunJobs();
        scene.Send(Chance(50) ? Hostile : Honest, JobChannel.StartClose(1, Chance(60) ? Any() : null));
        if (scene.Data!.Status != ChannelStatus.Closing)
        {
            scene.Send(Hostile, JobChannel.StartClose(1, null));
        }

        for (int quarter = 0; quarter < 5 && scene.Data is not null; quarter++)
        {
            Attack();
            Answer();
            scene.Chain.Advance(TimeSpan.FromMinutes(15));
        }

        scene.Chain.Advance(TimeSpan.FromHours(4));
        SceneStep end = scene.Send(ChannelScene.Stranger, JobChannel.Finish(1));
        Assert.Equal(0, end.Exit);
        Judge(end.Paid(ChannelScene.Payout));
    }

    private void Judge(Coins paid)
    {
        (SignedState newest, Dictionary<ulong, JobLock> open) = states[^1];
        if (workerIsHonest)
        {
            Coins receipts = open.Aggregate(Coins.Zero, (sum, job) => sum + Rest(prices[job.Key], job.Value.Paid));
            Assert.True(paid >= newest.Cumulative + receipts, $"got {paid}, is owed {newest.Cumulative} and {receipts}");
            return;
        }

        // Whatever was signed: its amount, and all of the locks that were open in it.
        Coins most = states.Select(static s => s.Locks.Values.Aggregate(s.State.Cumulative, static (sum, l) => sum + l.Cap - l.Paid)).Max();
        Assert.True(paid <= most, $"paid {paid}, exposed {most}");
    }

    private void RunJobs()
    {
        Dictionary<ulong, JobLock> open = [];
        Coins cumulative = Coins.Zero;
        for (ulong job = 1; job <= Jobs; job++)
        {
            open[job] = scene.Lock("0.2", expiry: scene.Now + 40_000);
            prices[job] = (ulong)random.Next(20, 200) * 1_000_000;
            Sign(cumulative, open);
            Coins left = prices[job];
            for (int chunk = random.Next(1, 4); chunk > 0 && !Chance(25); chunk--)
            {
                Coins part = chunk == 1 ? left : new Coins(left.Nano / 2);
                (cumulative, left) = (cumulative + part, left - part);
                open[job] = open[job] with { Paid = open[job].Paid + part };
                Sign(cumulative, open);
            }

            if (left == Coins.Zero)
            {
                open.Remove(job);
                Sign(cumulative, open);
            }
        }
    }

    private void Sign(Coins cumulative, Dictionary<ulong, JobLock> open) =>
        states.Add((scene.State((ulong)states.Count + 1, cumulative.ToString(), JobLocks.HashOf(open)), new Dictionary<ulong, JobLock>(open)));

    private void Attack()
    {
        for (int i = random.Next(3); i > 0; i--)
        {
            // An old state, or one that the hostile side signs for both.
            SignedState shown = Chance(60)
                ? Any()
                : scene.State(250, workerIsHonest ? "0" : "10", client: HostileKey, worker: HostileKey);
            scene.Send(Hostile, JobChannel.Challenge(1, shown));
            if (Chance(60))
            {
                Resolve(Hostile, job => workerIsHonest ? job.Paid + 1 : job.Cap, HostileKey);
            }
        }
    }

    private void Answer()
    {
        if (scene.Data is { } data && data.Seq < states[^1].State.Seq)
        {
            scene.Send(Honest, JobChannel.Challenge(1, states[^1].State));
        }

        if (workerIsHonest)
        {
            Resolve(Honest, null, ChannelScene.WorkerKey);
        }
    }

    /// <summary>Resolves the locks of the state that the contract has adopted; by price where no other total is given.</summary>
    private void Resolve(Address from, Func<JobLock, Coins>? total, KeyPair workerSigner)
    {
        if (scene.Data is not { Seq: > 0 } data || data.Seq > (ulong)states.Count)
        {
            return;
        }

        Dictionary<ulong, JobLock> left = new(states[(int)data.Seq - 1].Locks);
        foreach (ulong job in left.Keys.Order().ToArray())
        {
            JobLock entry = left[job];
            Coins claimed = total?.Invoke(entry) ?? prices[job];
            bool isCurrent = scene.Data is { } now && JobLocks.HashOf(left) == now.Roots.LocksHash;
            bool wasResolved = !isCurrent
                || (claimed > entry.Paid && scene.Send(from, scene.Resolve(job, claimed.ToString(), JobLocks.ToCell(left)!, worker: workerSigner), "0.08").Exit == 0);
            if (wasResolved)
            {
                left.Remove(job);
            }
        }
    }

    private SignedState Any() => states[random.Next(states.Count)].State;

    private bool Chance(int percent) => random.Next(100) < percent;

    private static Coins Rest(Coins price, Coins paid) => price > paid ? price - paid : Coins.Zero;
}
