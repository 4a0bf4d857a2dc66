using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>One step of the machine while it is taken: the state so far and what shall be done. Lives for one call.</summary>
internal sealed class Turn(ChannelState state, DateTimeOffset now)
{
    /// <summary>How far after a deadline the chain's own time must be before it has passed for sure.</summary>
    public const uint ClockSlack = 120;

    private readonly List<ChannelEffect> _effects = [];
    private readonly List<Signable> _records = [];
    private readonly List<ChannelEffect> _ahead = [];

    public ChannelState State { get; set; } = state;

    /// <summary>Chain time: that of the newest finalised block and what went by since.</summary>
    public DateTimeOffset Now { get; } = now;

    public uint Seconds => (uint)Math.Clamp(Now.ToUnixTimeSeconds(), 0, uint.MaxValue);

    public ChannelSettings Settings => State.Settings;

    public bool IsClient => State.Settings.Role == ChannelRole.Client;

    public Bits256 Channel => State.Settings.Address.Hash;

    /// <summary>Whether states may be signed or countersigned at all.</summary>
    public bool MaySign =>
        State is { Phase: ChannelPhase.Open or ChannelPhase.Draining, CloseSeen: false, Chain.Status: ChannelAccount.Open } && !InSilence;

    /// <summary>After signing an end, no state is signed until that end cannot count any more.</summary>
    public bool InSilence => State.Final is { } final && final.Body.ValidUntil + (ulong)ClockSlack >= State.Chain!.BlockTime;

    /// <summary>Whether the view of the chain is recent enough to put new money at stake on it.</summary>
    public bool ChainIsFresh =>
        State.Chain is { } view && Seconds <= view.BlockTime + (ulong)PaymentTimes.StaleView.TotalSeconds;

    /// <summary>Whether this step will be made durable.</summary>
    public bool Saves { get; private set; }

    public void Emit(ChannelEffect effect) => _effects.Add(effect);

    /// <summary>Ahead of the barrier: only what nobody outside can see, and what a crash may forget.</summary>
    public void EmitAhead(ChannelEffect effect) => _ahead.Add(effect);

    /// <summary>What happened must survive a crash before anything of it is visible outside.</summary>
    public void Save() => Saves = true;

    /// <summary>Saves, and allows a signature.</summary>
    public void Record(Signable record)
    {
        _records.Add(record);
        Saves = true;
    }

    /// <summary>The peer broke a rule: nothing new is signed, every job stops, this side will close.</summary>
    public void Fault(string code, Consequence consequence, string detail)
    {
        Emit(new ChannelEffect.Fault(new PeerFault(code, consequence, detail)));
        if (State.Phase is ChannelPhase.Proposed or ChannelPhase.Funding or ChannelPhase.Open or ChannelPhase.Draining)
        {
            Halt(ChannelPhase.Faulted, code);
        }
    }

    /// <summary>Stops all jobs and moves to a phase in which no state is signed.</summary>
    public void Halt(ChannelPhase phase, string code)
    {
        State = State with { Phase = phase };
        StopJobs(code);
        Save();
    }

    /// <summary>Stops every job, started or not.</summary>
    public void StopJobs(string code)
    {
        foreach (JobMeter job in State.Jobs.Values.Where(job => !job.Ended))
        {
            Emit(new ChannelEffect.JobStop(job.JobId, job.JobHash, code));
            Put(job with { Ended = true, Waiting = null });
        }

        foreach (JobOrder order in State.Orders)
        {
            Emit(new ChannelEffect.JobStop(0, order.JobHash, code));
        }

        State = State with { Orders = [] };
    }

    /// <summary>Stops one job.</summary>
    public void Stop(JobMeter job, string code)
    {
        Put(job with { Ended = true, Waiting = null });
        Emit(new ChannelEffect.JobStop(job.JobId, job.JobHash, code));
    }

    public void Put(JobMeter job) => State = State with { Jobs = State.Jobs.SetItem(job.JobId, job) };

    /// <summary>Asks for a message to the contract, unless the same one is on its way.</summary>
    public void Submit(ChannelTx tx)
    {
        if (!State.Sent.ContainsKey(tx.Key))
        {
            State = State with { Sent = State.Sent.Add(tx.Key, null) };
            Emit(new ChannelEffect.SubmitTx(tx));
        }
    }

    public bool PeerSigned(Bits256 hash, Signature signature) => SignatureCheck.Holds(Settings.PeerKey, hash, signature);

    /// <summary>The next state and the effects, with the barrier before everything that is visible outside.</summary>
    public (ChannelState Next, IReadOnlyList<ChannelEffect> Effects) End()
    {
        if (Saves)
        {
            _ahead.Add(new ChannelEffect.Persist(State, [.. _records]));
        }

        return (State, [.. _ahead, .. _effects]);
    }
}
