using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Payments;

/// <summary>One side of a channel without engine, disk or sockets: runs the machine's effects one by one, so that a crash
/// can fall between any two.</summary>
internal sealed class ModelSide(ChannelSettings settings, TestKey key, TestKey receipts)
{
    private readonly HashSet<Signable> _journal = [];
    private readonly LinkedList<ChannelEffect> _todo = new();
    private ChannelState _durable = new() { Settings = settings };

    public ChannelState State { get; private set; } = new() { Settings = settings };

    public List<PaymentMessage> Outbox { get; } = [];

    public List<ChannelTx> Submitted { get; } = [];

    /// <summary>Effects for the job engine and for people.</summary>
    public List<ChannelEffect> Told { get; } = [];

    /// <summary>Every state this side ever signed, by number.</summary>
    public Dictionary<ulong, StateBody> Signed { get; } = [];

    public Action<ChannelEffect>? OnTold { get; set; }

    public bool Busy => _todo.Count > 0;

    public ChannelState Durable => _durable;

    public void Step(ChannelEvent happened, DateTimeOffset now)
    {
        (State, IReadOnlyList<ChannelEffect> effects) = PaymentMachine.Step(State, happened, now);
        foreach (ChannelEffect effect in effects)
        {
            _todo.AddLast(effect);
        }
    }

    public void Run(DateTimeOffset now)
    {
        while (Busy)
        {
            RunOne(now);
        }
    }

    public void RunOne(DateTimeOffset now)
    {
        ChannelEffect effect = _todo.First!.Value;
        _todo.RemoveFirst();
        switch (effect)
        {
            case ChannelEffect.Persist persist:
                _durable = persist.State;
                _journal.UnionWith(persist.Records);
                break;
            case ChannelEffect.SignState sign:
                Signature signature = SignState(sign.Body);
                Outbox.Add(settings.Role == ChannelRole.Client
                    ? new StateUpdate(settings.Address.Hash, sign.Body, sign.Changes, signature)
                    : new StateAck(settings.Address.Hash, sign.Body.Seq, signature));
                break;
            case ChannelEffect.SignFinal sign:
                Assert.Contains(new Signable.Final(sign.Body), _journal);
                Signature final = key.Sign(ChannelCells.FinalHash(settings, _durable.Epoch, sign.Body));
                Outbox.Add(sign.Offer
                    ? new FinalOffer(settings.Address.Hash, sign.Body, final)
                    : new FinalAgreed(settings.Address.Hash, sign.Body, final));
                break;
            case ChannelEffect.SignReceipt sign:
                Assert.Contains(new Signable.Receipt(sign.Body), _journal);
                Signature receipt = receipts.Sign(ChannelCells.ReceiptHash(settings, _durable.Epoch, sign.Body));
                Outbox.Add(new JobReceipt(settings.Address.Hash, sign.Body.JobId, sign.Body.Total, sign.Result, receipt));
                Step(new ChannelEvent.ReceiptSigned(sign.Body, receipt), now);
                break;
            case ChannelEffect.SignTerms:
                Outbox.Add(new ChannelAgreed(settings.Address.Hash, key.Sign(PaymentSigningBytes.Terms(settings))));
                break;
            case ChannelEffect.SendResume resume:
                Outbox.Add(resume.Message with { Proof = Proof(resume.Proof) });
                break;
            case ChannelEffect.Send send:
                Outbox.Add(send.Message);
                break;
            case ChannelEffect.SubmitTx submit:
                Submitted.Add(submit.Tx);
                break;
            default:
                Told.Add(effect);
                OnTold?.Invoke(effect);
                break;
        }
    }

    public void Crash()
    {
        _todo.Clear();
        Outbox.Clear();
        State = Restart.Of(_durable, _durable.Generation + 1, restored: false);
    }

    /// <summary>Brings back an older copy of the database, as a careless backup would.</summary>
    /// <param name="older">What the copy holds.</param>
    /// <param name="noticed">Whether the journal's mirror betrays it.</param>
    public void Restore(ChannelState older, bool noticed)
    {
        Crash();
        _durable = older;
        State = Restart.Of(older, older.Generation + 1, restored: noticed);
    }

    /// <summary>This side's signature for a message to the contract.</summary>
    public Signature? Own(ChannelTx tx) => tx switch
    {
        ChannelTx.Settle settle => SignState(settle.Body),
        ChannelTx.Challenge challenge => SignState(challenge.Body),
        ChannelTx.StartClose { Body: { } body } => SignState(body),
        ChannelTx.CoopClose coop => key.Sign(ChannelCells.FinalHash(settings, _durable.Epoch, coop.Body)),
        _ => null,
    };

    private Signature SignState(StateBody body)
    {
        Assert.Contains(new Signable.State(body), _journal);
        Assert.True(Signed.TryAdd(body.Seq, body) || Signed[body.Seq] == body, "one number, one body");
        return key.Sign(ChannelCells.StateHash(settings, _durable.Epoch, body));
    }

    private ResumeProof? Proof(StateRecord? held)
    {
        if (held?.PeerSignature is not { } peers)
        {
            return null;
        }

        Signature own = SignState(held.Body);
        return settings.Role == ChannelRole.Client ? new(held.Body, own, peers) : new(held.Body, peers, own);
    }
}
