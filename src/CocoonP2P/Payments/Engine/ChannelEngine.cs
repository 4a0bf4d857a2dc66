using System.Threading.Channels;
using CocoonP2P.Hosting;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>Drives one channel's machine: makes its steps durable, signs, sends, watches the chain.</summary>
/// <remarks>Events are handled one by one, and the effects of each in order, so the barrier of the machine holds by
/// construction. A failing journal ends the engine, and its supervisor the node: nothing is signed on a guess.</remarks>
internal sealed partial class ChannelEngine
{
    /// <summary>Events that may wait. A full queue makes the sender wait, so a peer is slowed by its own stream.</summary>
    private const int QueueLength = 256;

    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookSeldom = TimeSpan.FromSeconds(60);

    private readonly Channel<ChannelEvent> _events = Channel.CreateBounded<ChannelEvent>(QueueLength);
    private readonly Channel<SignedTx> _txs = Channel.CreateBounded<SignedTx>(QueueLength);
    private readonly Waiters _waiters = new();
    private readonly ChannelPorts _ports;
    private readonly TimeProvider _time;
    private readonly ChainClock _clock;
    private readonly TimeSpan _lookOften;
    private ChannelState _written;

    /// <param name="start">The channel as made, or as loaded from the journal.</param>
    /// <param name="ports">Journal, keys, chain, peer.</param>
    /// <param name="time">For waits, and to carry chain time on.</param>
    /// <param name="lookOften">How often the account is looked at while something is awaited there: a block or two.</param>
    public ChannelEngine(ChannelState start, ChannelPorts ports, TimeProvider time, TimeSpan lookOften)
    {
        (State, _written, _ports, _time, _clock, _lookOften) = (start, start, ports, time, new ChainClock(time), lookOften);
    }

    /// <summary>The newest state. Immutable, so it may be read from anywhere.</summary>
    public ChannelState State { get; private set; }

    /// <summary>Starts the loops; the supervisor owns them.</summary>
    public void Start(Supervisor supervisor)
    {
        supervisor.Run(StepAsync);
        supervisor.Run(SubmitAsync);
        supervisor.Run(WatchAsync);
        supervisor.Run(TickAsync);
    }

    /// <summary>Tells the machine that something happened.</summary>
    public ValueTask PostAsync(ChannelEvent happened, CancellationToken cancellation) => _events.Writer.WriteAsync(happened, cancellation);

    private async Task StepAsync(CancellationToken stopping)
    {
        try
        {
            // Not ReadAllAsync: it resumes outside the caller's context, and a test on one pump would have many histories.
            while (await _events.Reader.WaitToReadAsync(stopping))
            {
                while (_events.Reader.TryRead(out ChannelEvent? happened))
                {
                    await HandleAsync(happened, stopping);
                    _waiters.Stepped(State);
                }
            }
        }
        finally
        {
            _waiters.Abandon();
        }
    }

    /// <summary>A worker learns of the funding when the client first speaks of a funded channel, not by polling for every
    /// channel that somebody proposed.</summary>
    private bool AsksForALook(ChannelEvent happened) =>
        State is { Phase: ChannelPhase.Proposed or ChannelPhase.Funding, Settings.Role: ChannelRole.Worker }
        && happened is ChannelEvent.PeerSent { Message: StateUpdate or PayResume { Epoch: > 0 } };

    private async Task HandleAsync(ChannelEvent happened, CancellationToken cancellation)
    {
        if (AsksForALook(happened) && await ViewAsync(cancellation) is { } view)
        {
            await HandleAsync(new ChannelEvent.ChainSeen(view), cancellation);
        }

        if (happened is ChannelEvent.ChainSeen seen)
        {
            _clock.Saw(seen.View.BlockTime);
        }

        Queue<ChannelEvent> inner = new([happened]);
        while (inner.TryDequeue(out ChannelEvent? next))
        {
            (ChannelState after, IReadOnlyList<ChannelEffect> effects) = PaymentMachine.Step(State, next, _clock.Now);
            State = after;
            foreach (ChannelEffect effect in effects)
            {
                if (await CarryOutAsync(effect, cancellation) is { } result)
                {
                    inner.Enqueue(result);
                }
            }
        }
    }

    private async ValueTask<ChannelEvent?> CarryOutAsync(ChannelEffect effect, CancellationToken cancellation)
    {
        switch (effect)
        {
            case ChannelEffect.Persist persist:
                await _ports.Store.WriteAsync(_written, persist, cancellation);
                _written = persist.State;
                break;
            case ChannelEffect.SignReceipt sign:
                Signature receipt = _ports.Signer.SignReceipt(State.Epoch, sign.Body);
                await _ports.SendAsync(
                    new JobReceipt(Id, sign.Body.JobId, sign.Body.Total, sign.Result, receipt), cancellation);
                return new ChannelEvent.ReceiptSigned(sign.Body, receipt);
            case ChannelEffect.SubmitTx submit:
                await _txs.Writer.WriteAsync(new SignedTx(submit.Tx, SignFor(submit.Tx)), cancellation);
                break;
            case ChannelEffect.SignState or ChannelEffect.SignFinal or ChannelEffect.SignTerms or ChannelEffect.SendResume or ChannelEffect.Send:
                await _ports.SendAsync(Message(effect), cancellation);
                break;
            default:
                _waiters.Told(effect);
                _ports.Told(effect);
                break;
        }

        return null;
    }

    private async Task SubmitAsync(CancellationToken stopping)
    {
        while (await _txs.Reader.WaitToReadAsync(stopping))
        {
            while (_txs.Reader.TryRead(out SignedTx? tx))
            {
                await SubmitAsync(tx, stopping);
            }
        }
    }

    private async Task SubmitAsync(SignedTx tx, CancellationToken cancellation)
    {
        bool executed = false;
        try
        {
            executed = await _ports.Chain.SubmitAsync(State.Settings, State.Epoch, tx, cancellation);
        }
        catch (ChainException e)
        {
            // The machine asks again; what was begun is continued, not repeated.
            _ports.Told(new ChannelEffect.Alarm(e.Code));
        }

        await PostAsync(new ChannelEvent.TxOutcome(tx.Tx.Key, executed), cancellation);
        await LookAsync(cancellation);
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        long looked = 0;
        while (State.Phase != ChannelPhase.Closed)
        {
            bool waits = State.Phase is not (ChannelPhase.Open or ChannelPhase.Proposed);
            if (waits || looked == 0 || _time.GetElapsedTime(looked) >= LookSeldom)
            {
                looked = _time.GetTimestamp();
                await LookAsync(stopping);
            }

            // In short steps, so that a phase that begins to wait is not found out a minute later.
            await Task.Delay(_lookOften, _time, stopping);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (await ViewAsync(cancellation) is { } view)
        {
            await PostAsync(new ChannelEvent.ChainSeen(view), cancellation);
        }
    }

    private async Task<ChainView?> ViewAsync(CancellationToken cancellation)
    {
        try
        {
            return await _ports.Chain.ViewAsync(State.Settings, cancellation);
        }
        catch (ChainException e)
        {
            TimeSpan outage = _clock.Now - DateTimeOffset.FromUnixTimeSeconds(State.Chain?.BlockTime ?? 0);
            if (State.Chain is not null && outage > TimeSpan.FromSeconds(State.Settings.Terms.ChallengePeriod / 4.0))
            {
                _ports.Told(new ChannelEffect.Alarm(e.Code));
            }

            return null;
        }
    }

    private async Task TickAsync(CancellationToken stopping)
    {
        while (State.Phase != ChannelPhase.Closed)
        {
            await Task.Delay(TickEvery, _time, stopping);
            await PostAsync(new ChannelEvent.Tick(), stopping);
        }
    }
}

/// <summary>What an engine works with.</summary>
/// <param name="Store">Where steps become durable.</param>
/// <param name="Signer">Signs what is durable.</param>
/// <param name="Chain">Reads accounts, sends messages.</param>
/// <param name="SendAsync">Hands a message to the peer's session; drops it where there is none, since both sides compare
/// what they remember when they meet again.</param>
/// <param name="Told">Goes, stops, receipts, alarms and faults, in order. Must not block.</param>
internal sealed record ChannelPorts(
    JournalStore Store,
    ChannelSigner Signer,
    IChainPort Chain,
    Func<PaymentMessage, CancellationToken, ValueTask> SendAsync,
    Action<ChannelEffect> Told);
