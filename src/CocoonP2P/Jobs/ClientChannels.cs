using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Telemetry;
using CocoonP2P.Ton;

namespace CocoonP2P.Jobs;

/// <summary>Finds or opens the channel that pays a worker. Workers do not wait for each other; one worker's channels open one by one.</summary>
internal sealed class ClientChannels(
    ClientSettings settings, ChannelDirectory channels, IChainPort chain, Timeline timeline, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<Bits256, SemaphoreSlim> _gates = new();
    private readonly ConcurrentDictionary<ChannelEngine, int> _leased = new();

    /// <summary>Room in an open channel that this session speaks for.</summary>
    /// <exception cref="CocoonException">InsufficientFunds, ChainUnreachable, Timeout.</exception>
    public async Task<ChannelLease> GetAsync(WorkerLink link, Quote quote, string job, NanoTon cap, CancellationToken cancellationToken)
    {
        SemaphoreSlim gate = _gates.GetOrAdd(quote.WorkerKey, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            NanoTon locked = channels.All.Aggregate(NanoTon.Zero, (sum, c) => sum + c.State.Ledger.Locked);
            if (locked + cap > settings.Policy.MaxLocked)
            {
                throw Funds.Short(
                    $"{locked.Value} nanoton are locked for other jobs, and this one needs {cap.Value}",
                    "wait for those jobs, or raise payment.max_locked in node.toml", cap, settings.Policy.MaxLocked.MinusOrZero(locked), settings);
            }

            ChannelEngine engine = await FindAsync(link, quote, cap, cancellationToken) ?? await OpenAsync(link, quote, job, cap, cancellationToken);
            _leased.AddOrUpdate(engine, 1, (_, count) => count + 1);
            return new ChannelLease(engine, () => Release(engine));
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (SemaphoreSlim gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    /// <summary>One that is open. After a session was lost, both sides first compare what they remember.</summary>
    private async Task<ChannelEngine?> FindAsync(WorkerLink link, Quote quote, NanoTon cap, CancellationToken cancellationToken)
    {
        foreach (ChannelEngine engine in Of(quote).Where(engine => HasRoom(engine, cap)))
        {
            await link.Payments.AttachAsync(engine, cancellationToken);
            using CancellationTokenSource timer = new(ClientSettings.StepTime, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, link.Ended, cancellationToken);
            try
            {
                await engine.HeardAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                continue;
            }

            return engine;
        }

        return null;
    }

    private IEnumerable<ChannelEngine> Of(Quote quote) => channels.All.Where(c =>
        c.State.Settings.Terms.WorkerKey == quote.WorkerKey && c.State.Settings.Terms.Payout == quote.Payout);

    /// <summary>A lock for the job, and money for it. Locks of ended jobs stay until the worker has acknowledged that.</summary>
    private bool HasRoom(ChannelEngine channel, NanoTon cap)
    {
        ChannelState state = channel.State;
        int locks = Math.Max(state.Ledger.Locks.Count + state.Orders.Length, _leased.GetValueOrDefault(channel));
        NanoTon ordered = state.Orders.Aggregate(cap, (sum, order) => sum + order.Cap);
        return state is { Phase: ChannelPhase.Open, CloseSeen: false, Chain: ChainView view }
            && locks < Limits.LocksPerChannel
            && Deposits.Cover(view, state.Ledger.Body.Cumulative, state.Ledger.Locked + ordered);
    }

    private void Release(ChannelEngine channel)
    {
        if (_leased.AddOrUpdate(channel, 0, (_, count) => count - 1) == 0)
        {
            _leased.TryRemove(new(channel, 0));
        }
    }

    private async Task<ChannelEngine> OpenAsync(WorkerLink link, Quote quote, string job, NanoTon cap, CancellationToken cancellationToken)
    {
        if (settings.Deposit < NanoTon.Max(cap, quote.MinDeposit))
        {
            throw Funds.Short(
                $"the deposit of {settings.Deposit.Value} nanoton is below the {NanoTon.Max(cap, quote.MinDeposit).Value} that this job needs",
                "raise payment.deposit in node.toml", NanoTon.Max(cap, quote.MinDeposit), settings.Deposit, settings);
        }

        // One that was begun is gone on with: its deposit may be on its way already.
        ChannelEngine? begun = Of(quote).FirstOrDefault(c => c.State.Phase is ChannelPhase.Proposed or ChannelPhase.Funding);
        if (begun is null)
        {
            await CheckWalletAsync(cancellationToken);
        }

        ChannelEngine engine = begun ?? Propose(quote);
        string address = engine.State.Settings.Address.ToString();
        timeline.Add("channel-opening", job, ("address", address), ("deposit_nanoton", settings.Deposit.Value.ToString(CultureInfo.InvariantCulture)));
        await link.Payments.AttachAsync(engine, cancellationToken);
        using CancellationTokenSource timer = new(ClientSettings.ChannelTime, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, link.Ended, cancellationToken);
        try
        {
            await engine.OpenAsync(settings.Deposit, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw engine.State.Phase == ChannelPhase.Proposed || link.IsEnded
                ? new AttemptFailedException(AttemptTrouble.Slow("agree to a channel"))
                : new CocoonException(
                    ErrorCode.ChainUnreachable, "the channel did not open in time", "look at the chain endpoint; the deposit is not lost: the node goes on");
        }

        timeline.Add("channel-open", job, ("address", address));
        return engine;
    }

    private ChannelEngine Propose(Quote quote)
    {
        byte[] salt = new byte[8];
        settings.Random(salt);
        ChannelState made = ChannelOpening.ForClient(
            quote, settings.Key, settings.Wallet, BinaryPrimitives.ReadUInt64BigEndian(salt), settings.Policy, quote.Periods[0]);
        return channels.Open(made)
            ?? throw new CocoonException(ErrorCode.Failed, "this node has too many channels", "close some through the control socket: POST /control/close-all");
    }

    private async Task CheckWalletAsync(CancellationToken cancellationToken)
    {
        try
        {
            NanoTon available = await chain.BalanceAsync(cancellationToken);

            // The contract's reserve and the wallet's own fees come on top of the deposit.
            NanoTon needed = settings.Deposit + new NanoTon(ChannelBodies.OpenExtra) + new NanoTon(20_000_000);
            if (available < needed)
            {
                throw Funds.Short(
                    $"the wallet holds {available.Value} nanoton, and a channel needs {needed.Value}",
                    $"fund {settings.Wallet.ToString(bounceable: false, testOnly: false)}, or lower payment.deposit", needed, available, settings);
            }
        }
        catch (ChainException e) when (e.Code is ChainException.Unreachable or ChainException.NoQuorum)
        {
            throw new CocoonException(ErrorCode.ChainUnreachable, $"the chain is unreachable: {e.Message}", "look at chain.endpoints in node.toml");
        }
    }
}
