using System.Buffers.Binary;
using System.Globalization;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Telemetry;

namespace CocoonP2P.Jobs;

/// <summary>Finds or opens the channel that pays a worker.</summary>
internal sealed class ClientChannels(
    ClientSettings settings, ChannelDirectory channels, IChainPort chain, Timeline timeline, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>An open channel that this session speaks for.</summary>
    /// <exception cref="CocoonException">InsufficientFunds, ChainUnreachable, Timeout.</exception>
    public async Task<ChannelEngine> GetAsync(WorkerLink link, Quote quote, string job, NanoTon cap, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            NanoTon locked = channels.All.Aggregate(NanoTon.Zero, (sum, c) => sum + c.State.Ledger.Locked);
            if (locked + cap > settings.Policy.MaxLocked)
            {
                throw Funds.Short(
                    $"{locked.Value} nanoton are locked for other jobs, and this one needs {cap.Value}",
                    "wait for those jobs, or raise payment.max_locked in node.toml", cap, settings.Policy.MaxLocked.MinusOrZero(locked), settings);
            }

            ChannelEngine? open = channels.All.FirstOrDefault(c =>
                c.State.Settings.Terms.WorkerKey == quote.WorkerKey && c.State.Phase == ChannelPhase.Open && !c.State.Stalled);
            if (open is not null)
            {
                await link.Payments.AttachAsync(open, cancellationToken);
                return open;
            }

            return await OpenAsync(link, quote, job, cap, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ChannelEngine> OpenAsync(WorkerLink link, Quote quote, string job, NanoTon cap, CancellationToken cancellationToken)
    {
        if (settings.Deposit < NanoTon.Max(cap, quote.MinDeposit))
        {
            throw Funds.Short(
                $"the deposit of {settings.Deposit.Value} nanoton is below the {NanoTon.Max(cap, quote.MinDeposit).Value} that this job needs",
                "raise payment.deposit in node.toml", NanoTon.Max(cap, quote.MinDeposit), settings.Deposit, settings);
        }

        await CheckWalletAsync(cancellationToken);
        byte[] salt = new byte[8];
        settings.Random(salt);
        ChannelState made = ChannelOpening.ForClient(
            quote, settings.Key, settings.Wallet, BinaryPrimitives.ReadUInt64BigEndian(salt), settings.Policy, quote.Periods[0]);
        ChannelEngine engine = channels.Open(made)
            ?? throw new CocoonException(ErrorCode.Failed, "this node has too many channels", "close some through the control socket: POST /control/close-all");
        string address = engine.State.Settings.Address.ToString();
        timeline.Add("channel-opening", job, ("address", address), ("deposit_nanoton", settings.Deposit.Value.ToString(CultureInfo.InvariantCulture)));
        await link.Payments.AttachAsync(engine, cancellationToken);
        using CancellationTokenSource timer = new(ClientSettings.ChannelTime, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await engine.OpenAsync(settings.Deposit, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CocoonException(
                ErrorCode.ChainUnreachable, "the channel did not open in time", "look at the chain endpoint; the deposit is not lost: the node goes on");
        }

        timeline.Add("channel-open", job, ("address", address));
        return engine;
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
