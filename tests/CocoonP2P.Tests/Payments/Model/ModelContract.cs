using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Payments;

/// <summary>JobChannel without a TVM: the table of docs/protocol/payments.md, coins and all.</summary>
internal sealed class ModelContract(ChannelSettings channel, ulong lt)
{
    private const ulong Reserve = 20_000_000;
    private ulong _owed;
    private int _extensions;

    public ChannelAccount Status { get; private set; }

    public ulong Epoch { get; private set; }

    public ulong Deposit { get; private set; }

    public ulong Paid { get; private set; }

    public ulong Seq { get; private set; }

    public uint CloseAt { get; private set; }

    public ulong ToWorker { get; private set; }

    public ulong ToClient { get; private set; }

    public Bits256 LocksHash { get; private set; }

    public Bits256 JobsRoot { get; private set; }

    public ulong Lt { get; private set; } = lt;

    public ChainView View(uint now) => new(Lt, now, Status, new NanoTon(Status == ChannelAccount.Absent ? 0 : Deposit - Paid + Reserve))
    {
        Epoch = Epoch,
        Deposit = new NanoTon(Deposit),
        Paid = new NanoTon(Paid),
        Owed = new NanoTon(_owed),
        Seq = Seq,
        CloseAt = CloseAt,
        LocksHash = LocksHash,
        JobsRoot = JobsRoot,
    };

    /// <summary>Executes a message as the contract would; false where it would bounce.</summary>
    public bool Execute(ChannelTx tx, Signature? sender, uint now)
    {
        Lt++;
        return tx switch
        {
            ChannelTx.Open open => Open(open.Deposit.Value),
            ChannelTx.TopUp up => Status == ChannelAccount.Open && Add(up.Amount.Value),
            ChannelTx.Settle settle => Settle(settle, sender!.Value),
            ChannelTx.StartClose close => StartClose(close, sender, now),
            ChannelTx.Challenge challenge => Status == ChannelAccount.Closing && now < CloseAt
                && Adopt(challenge.Body, challenge.PeerSignature, sender!.Value, now),
            ChannelTx.ResolveLock resolve => Resolve(resolve, now),
            ChannelTx.Finish => Status == ChannelAccount.Closing && now >= CloseAt && End(_owed),
            ChannelTx.CoopClose coop => Coop(coop, sender!.Value, now),
            _ => false,
        };
    }

    private bool Open(ulong deposit)
    {
        if (Status != ChannelAccount.Absent || Epoch != 0)
        {
            return false;
        }

        (Status, Epoch) = (ChannelAccount.Open, Lt);
        return Add(deposit);
    }

    private bool Add(ulong amount)
    {
        Deposit += amount;
        return true;
    }

    private bool Settle(ChannelTx.Settle tx, Signature own)
    {
        StateBody body = tx.Body;
        if (Status != ChannelAccount.Open || !BothSigned(ChannelCells.StateHash(channel, Epoch, body), tx.PeerSignature, own)
            || body.Cumulative.Value <= Paid || body.Seq <= Seq || body.Cumulative.Value > Deposit)
        {
            return false;
        }

        ToWorker += body.Cumulative.Value - Paid;
        (Paid, Seq, LocksHash, JobsRoot) = (body.Cumulative.Value, body.Seq, body.LocksHash, body.JobsRoot);
        return true;
    }

    private bool StartClose(ChannelTx.StartClose tx, Signature? own, uint now)
    {
        if (Status != ChannelAccount.Open)
        {
            return false;
        }

        if (tx.Body is { } body && (body.Seq <= Seq
            || !BothSigned(ChannelCells.StateHash(channel, Epoch, body), tx.PeerSignature!.Value, own!.Value)))
        {
            return false;
        }

        (Status, _owed, CloseAt) = (ChannelAccount.Closing, Paid, now + channel.Terms.ChallengePeriod);
        return tx.Body is null || Adopt(tx.Body, tx.PeerSignature!.Value, own!.Value, now);
    }

    private bool Adopt(StateBody body, Signature peer, Signature own, uint now)
    {
        if (body.Seq <= Seq || !BothSigned(ChannelCells.StateHash(channel, Epoch, body), peer, own))
        {
            return false;
        }

        (Seq, LocksHash, JobsRoot, _owed) = (body.Seq, body.LocksHash, body.JobsRoot, Math.Max(body.Cumulative.Value, Paid));
        uint wanted = now + (channel.Terms.ChallengePeriod / 2);
        if (wanted > CloseAt && _extensions < 2)
        {
            (CloseAt, _extensions) = (wanted, _extensions + 1);
        }

        return true;
    }

    private bool Resolve(ChannelTx.ResolveLock tx, uint now)
    {
        if (Status != ChannelAccount.Closing || now >= CloseAt || ChannelCells.LocksHash(tx.Locks) != LocksHash
            || !tx.Locks.TryGetValue(tx.Claim.JobId, out JobLock? held) || held.ReceiptKey.IsZero || now > held.Expiry
            || tx.Claim.Total > held.Cap || tx.Claim.Total <= held.Paid)
        {
            return false;
        }

        ReceiptBody body = new(tx.Claim.JobId, tx.Claim.Total, tx.Claim.ResultHash);
        if (!SignatureCheck.Holds(held.ReceiptKey, ChannelCells.ReceiptHash(channel, Epoch, body), tx.Claim.ReceiptSignature))
        {
            return false;
        }

        _owed += (tx.Claim.Total - held.Paid).Value;
        LocksHash = ChannelCells.LocksHash(tx.Locks.Remove(tx.Claim.JobId));
        return true;
    }

    private bool Coop(ChannelTx.CoopClose tx, Signature own, uint now)
    {
        FinalBody body = tx.Body;
        return Status != ChannelAccount.Absent && now <= body.ValidUntil && body.Seq >= Seq
            && body.Cumulative.Value >= Paid && body.Cumulative.Value <= Deposit
            && BothSigned(ChannelCells.FinalHash(channel, Epoch, body), tx.PeerSignature, own)
            && End(body.Cumulative.Value);
    }

    private bool End(ulong owed)
    {
        ulong due = Math.Max(Math.Min(owed, Deposit), Paid) - Paid;
        ToWorker += due;
        ToClient += Deposit - Paid - due + Reserve;
        Status = ChannelAccount.Absent;
        return true;
    }

    private bool BothSigned(Bits256 hash, Signature one, Signature other) =>
        (SignatureCheck.Holds(channel.Terms.ClientKey, hash, one) && SignatureCheck.Holds(channel.Terms.WorkerKey, hash, other))
        || (SignatureCheck.Holds(channel.Terms.ClientKey, hash, other) && SignatureCheck.Holds(channel.Terms.WorkerKey, hash, one));
}
