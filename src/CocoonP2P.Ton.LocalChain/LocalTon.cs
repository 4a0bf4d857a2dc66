using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Ton.LocalChain.Ledger;
using CocoonP2P.Ton.LocalChain.Tvm;

namespace CocoonP2P.Ton.LocalChain;

/// <summary>A TON chain inside this process: the real virtual machine, one validator, free coins.</summary>
/// <remarks>
/// Blocks are made when somebody looks: each call first makes those that are due by the clock, so the chain needs no task of
/// its own. Its global id is −777: a signature made here is good nowhere else. Safe for many threads, one at a time.
/// </remarks>
public sealed class LocalTon : IDisposable
{
    /// <summary>The network id that contracts and wallets sign here.</summary>
    public const int GlobalId = -777;

    // A chain of messages longer than this is a contract that talks to itself for ever.
    private const int MaxBlocksAtOnce = 10_000;

    private static readonly DateTimeOffset LastSecond = DateTimeOffset.FromUnixTimeSeconds(uint.MaxValue);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly TimeSpan blockTime;
    private readonly TvmEngine engine;
    private readonly BlockMaker maker;
    private readonly MethodRunner methods;
    private ChainState state;
    private ChainClock clock;
    private DateTimeOffset newest;

    /// <summary>Starts a chain at block 1, with all coins in its treasury.</summary>
    /// <exception cref="InvalidOperationException">The TVM is absent; see <see cref="IsAvailable"/>.</exception>
    public LocalTon(LocalTonOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (!TvmFiles.TryLoad(options.TvmFolder, out TvmFiles? files, out string? reason))
        {
            throw new InvalidOperationException(reason);
        }

        this.time = time;
        blockTime = options.BlockTime;
        engine = new TvmEngine(files, options.CacheFolder, unchecked((int)options.Seed));
        maker = new BlockMaker(engine);
        methods = new MethodRunner(engine);
        newest = clock.Now(time);
        state = new ChainState { Config = files.ConfigBase64, Seed = options.Seed, BlockTime = Seconds(newest) };
    }

    /// <summary>Chain time now, whether or not a block has it yet.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
            {
                return clock.Now(time);
            }
        }
    }

    /// <summary>Where all coins are.</summary>
    public ChainTotals Totals => Read(static s => new ChainTotals(
        ChainState.Genesis,
        s.Treasury,
        s.Accounts.Values.Aggregate(Coins.Zero, static (sum, account) => sum + account.State.Balance),
        s.Pending.Aggregate(Coins.Zero, static (sum, message) => sum + message.Value + message.ForwardFee),
        s.Fees,
        s.StorageFees));

    /// <summary>The chain as it is, blocks that are due included.</summary>
    internal ChainState State => Read(static s => s);

    internal ChainFaults Faults { get; } = new();

    /// <summary>Size of the emulator's memory, in bytes.</summary>
    internal long HeapBytes => engine.HeapBytes;

    /// <summary>Whether the TVM is where the options say; <paramref name="reason"/> names what is missing, and the cure.</summary>
    public static bool IsAvailable(LocalTonOptions options, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TvmFiles.TryLoad(options.TvmFolder, out _, out reason);
    }

    /// <summary>Pushes chain time ahead.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Back in time, or beyond the 32 bits of a chain's seconds.</exception>
    public void Advance(TimeSpan by) => Change(() =>
    {
        TimeSpan most = LastSecond - clock.Now(time);
        clock = clock.Advance(by >= TimeSpan.Zero && by < most ? by : throw new ArgumentOutOfRangeException(nameof(by)));
    });

    /// <summary>Stops the chain: no block is made and time stands still until <see cref="Thaw"/>. Messages wait.</summary>
    public void Freeze() => Change(() => clock = clock.Freeze(time));

    /// <summary>Lets a frozen chain go on, at the time that its clock shows by then.</summary>
    public void Thaw() => Change(() => clock = clock.Thaw());

    /// <summary>Gives coins from the treasury; they arrive with the next block.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the treasury has.</exception>
    public void Faucet(Address to, Coins amount) =>
        Impersonate(new Address(0, default), new InternalMessage { Destination = to, Value = amount, Bounce = false });

    /// <summary>Sends a message in the name of any address, its value from the treasury: how tests play a party without a wallet.</summary>
    internal void Impersonate(Address source, InternalMessage message) => Change(() =>
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Value, state.Treasury);
        ulong lt = state.Lt + 1;
        InternalMessage sent = message with { Source = source, CreatedLt = lt, CreatedAt = Seconds(clock.Now(time)) };
        state = state with
        {
            Treasury = state.Treasury - message.Value,
            Pending = state.Pending.Add(MessageRecord.Read(sent.ToCell())),
            Lt = lt,
        };
    });

    /// <summary>Hands in an external message; the chain takes it only if its account accepts it now.</summary>
    internal SendOutcome Send(Cell message)
    {
        lock (gate)
        {
            MakeDueBlocks();
            if (!ExternalInMessage.TryParse(message, out _))
            {
                return new SendOutcome(false, null, "not an external message");
            }

            MessageRecord external = MessageRecord.Read(message);
            TvmAnswer answer = maker.Try(state, external, Seconds(clock.Now(time)));
            if (answer.Transaction is null)
            {
                return new SendOutcome(false, answer.ExitCode, answer.Error);
            }

            if (!Faults.DropsNext())
            {
                state = state with { Externals = state.Externals.Add(new QueuedExternal(external, state.Seqno + 1 + Faults.DelayBlocks)) };
            }

            return new SendOutcome(true, null, "");
        }
    }

    /// <summary>Runs a get-method of an account.</summary>
    internal MethodOutcome Run(Address address, int methodId, Cell stack)
    {
        lock (gate)
        {
            MakeDueBlocks();
            return methods.Run(state, address, methodId, stack, Seconds(clock.Now(time)));
        }
    }

    /// <summary>Makes blocks at the present time until no message is on the way.</summary>
    internal void RunUntilIdle()
    {
        lock (gate)
        {
            for (int i = 0; !state.IsIdle; i++)
            {
                MakeBlock(i < MaxBlocksAtOnce ? clock.Now(time) : throw new InvalidOperationException("The chain does not come to rest."));
            }
        }
    }

    internal ChainSnapshot Snapshot() => Read(s => new ChainSnapshot(s, clock, newest));

    internal void Restore(ChainSnapshot snapshot)
    {
        lock (gate)
        {
            (state, clock, newest) = snapshot;
        }
    }

    /// <summary>Another chain configuration, from the next block on.</summary>
    internal void Configure(Cell config) => Change(() => state = state with { Config = BagOfCells.EncodeBase64(config) });

    /// <summary>Public libraries, a dictionary from hash to cell, from the next block on.</summary>
    internal void Publish(Cell libraries) => Change(() => state = state with { Libraries = BagOfCells.EncodeBase64(libraries) });

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();

    private static uint Seconds(DateTimeOffset moment) => (uint)moment.ToUnixTimeSeconds();

    private T Read<T>(Func<ChainState, T> read)
    {
        lock (gate)
        {
            MakeDueBlocks();
            return read(state);
        }
    }

    private void Change(Action change)
    {
        lock (gate)
        {
            MakeDueBlocks();
            change();
        }
    }

    private void MakeDueBlocks()
    {
        long due = clock.IsFrozen ? 0 : (clock.Now(time) - newest) / blockTime is var blocks and >= 1 ? (long)blocks : 0;
        for (; due > 0 && !state.IsIdle; due--)
        {
            MakeBlock(newest + blockTime);
        }

        // Empty blocks are only counted.
        newest += due * blockTime;
        state = state with { Seqno = unchecked(state.Seqno + (uint)due), BlockTime = due > 0 ? Seconds(newest) : state.BlockTime };
    }

    private void MakeBlock(DateTimeOffset at)
    {
        newest = at > newest ? at : newest;
        state = maker.Block(state, Seconds(newest), Faults.Order);
    }
}
