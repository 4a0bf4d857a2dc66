using CocoonP2P.Protocol;
using MessagePack;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Payments;

/// <summary>The parts of a snapshot, each written and read in one order.</summary>
internal static class SnapshotParts
{
    public static void Write(ref MessagePackWriter writer, ChannelSettings settings)
    {
        writer.Write((byte)settings.Role);
        ChannelTerms terms = settings.Terms;
        PaymentFields.Write(ref writer, terms.ClientKey);
        PaymentFields.Write(ref writer, terms.WorkerKey);
        writer.Write(terms.NetworkId);
        writer.Write(terms.Salt);
        writer.Write(terms.ChallengePeriod);
        PaymentFields.Write(ref writer, terms.Client);
        PaymentFields.Write(ref writer, terms.Worker);
        PaymentFields.Write(ref writer, terms.Payout);
        PaymentFields.Write(ref writer, settings.Address);
        ChannelPolicy policy = settings.Policy;
        PaymentFields.Write(ref writer, policy.MaxPerJob);
        PaymentFields.Write(ref writer, policy.MaxLocked);
        PaymentFields.Write(ref writer, policy.SettleThreshold);
        writer.Write(policy.SettleAge.Ticks);
        writer.Write(policy.JobLimit.Ticks);
        PaymentFields.Write(ref writer, policy.Credit);
    }

    public static ChannelSettings ReadSettings(ref MessagePackReader reader)
    {
        ChannelRole role = (ChannelRole)reader.ReadByte();
        ChannelTerms terms = new(
            PaymentFields.ReadBits(ref reader), PaymentFields.ReadBits(ref reader), reader.ReadInt32(), reader.ReadUInt64(),
            reader.ReadUInt32(), PaymentFields.ReadAddress(ref reader), PaymentFields.ReadAddress(ref reader),
            PaymentFields.ReadAddress(ref reader));
        return new ChannelSettings(role, terms, PaymentFields.ReadAddress(ref reader), new ChannelPolicy
        {
            MaxPerJob = PaymentFields.ReadAmount(ref reader),
            MaxLocked = PaymentFields.ReadAmount(ref reader),
            SettleThreshold = PaymentFields.ReadAmount(ref reader),
            SettleAge = new TimeSpan(reader.ReadInt64()),
            JobLimit = new TimeSpan(reader.ReadInt64()),
            Credit = PaymentFields.ReadAmount(ref reader),
        });
    }

    public static void Write(ref MessagePackWriter writer, StateRecord? record)
    {
        if (record is null)
        {
            writer.WriteNil();
            return;
        }

        PaymentFields.Write(ref writer, record.Body);
        ChangesFormatter.Write(ref writer, record.Changes);
        Write(ref writer, record.PeerSignature);
        writer.Write(record.SentAt.ToUnixTimeMilliseconds());
        writer.Write(record.Refusal);
    }

    public static StateRecord? ReadRecord(ref MessagePackReader reader) => reader.TryReadNil()
        ? null
        : new StateRecord(
            PaymentFields.ReadBody(ref reader),
            ChangesFormatter.Read(ref reader, Wire.Options),
            ReadSignature(ref reader),
            DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            reader.TryReadNil() ? null : PaymentFields.ReadCode(ref reader));

    /// <summary>Prices are not kept: a job does not outlive the process, only what it owes does.</summary>
    public static void Write(ref MessagePackWriter writer, JobMeter job)
    {
        writer.Write(job.JobId);
        PaymentFields.Write(ref writer, job.JobHash);
        PaymentFields.Write(ref writer, job.PerhapsOwed);
        PaymentFields.Write(ref writer, job.Prepay);
        PaymentFields.Write(ref writer, job.LeastCap);
        writer.Write(job.LockSeq);
        writer.Write(job.Started);
        writer.Write(job.Ended);
        writer.Write(job.Refused);
        PaymentFields.Write(ref writer, job.ReceiptKey);
        PaymentFields.Write(ref writer, job.ResultHash);
    }

    public static JobMeter ReadMeter(ref MessagePackReader reader) => new()
    {
        JobId = reader.ReadUInt64(),
        JobHash = PaymentFields.ReadBits(ref reader),
        Owed = PaymentFields.ReadAmount(ref reader),
        Prepay = PaymentFields.ReadAmount(ref reader),
        LeastCap = PaymentFields.ReadAmount(ref reader),
        LockSeq = reader.ReadUInt64(),
        Started = reader.ReadBoolean(),
        Ended = reader.ReadBoolean(),
        Refused = reader.ReadBoolean(),
        ReceiptKey = PaymentFields.ReadBits(ref reader),
        ResultHash = PaymentFields.ReadBits(ref reader),
    };

    public static void Write(ref MessagePackWriter writer, ReceiptClaim claim)
    {
        writer.Write(claim.JobId);
        PaymentFields.Write(ref writer, claim.Total);
        PaymentFields.Write(ref writer, claim.ResultHash);
        PaymentFields.Write(ref writer, claim.ReceiptSignature);
    }

    public static ReceiptClaim ReadClaim(ref MessagePackReader reader) => new(
        reader.ReadUInt64(), PaymentFields.ReadAmount(ref reader), PaymentFields.ReadBits(ref reader), PaymentFields.ReadSignature(ref reader));

    public static void Write(ref MessagePackWriter writer, ChainView? view)
    {
        if (view is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Write(view.Lt);
        writer.Write(view.BlockTime);
        writer.Write((byte)view.Status);
        PaymentFields.Write(ref writer, view.Balance);
        writer.Write(view.Epoch);
        PaymentFields.Write(ref writer, view.Deposit);
        PaymentFields.Write(ref writer, view.Paid);
        PaymentFields.Write(ref writer, view.Owed);
        writer.Write(view.Seq);
        writer.Write(view.CloseAt);
        PaymentFields.Write(ref writer, view.LocksHash);
        PaymentFields.Write(ref writer, view.JobsRoot);
        writer.Write(view.ClosePending);
    }

    public static ChainView? ReadChain(ref MessagePackReader reader) => reader.TryReadNil()
        ? null
        : new ChainView(reader.ReadUInt64(), reader.ReadUInt32(), (ChannelAccount)reader.ReadByte(), PaymentFields.ReadAmount(ref reader))
        {
            Epoch = reader.ReadUInt64(),
            Deposit = PaymentFields.ReadAmount(ref reader),
            Paid = PaymentFields.ReadAmount(ref reader),
            Owed = PaymentFields.ReadAmount(ref reader),
            Seq = reader.ReadUInt64(),
            CloseAt = reader.ReadUInt32(),
            LocksHash = PaymentFields.ReadBits(ref reader),
            JobsRoot = PaymentFields.ReadBits(ref reader),
            ClosePending = reader.ReadBoolean(),
        };

    public static void Write(ref MessagePackWriter writer, FinalRecord? final)
    {
        if (final is null)
        {
            writer.WriteNil();
            return;
        }

        PaymentFields.Write(ref writer, final.Body);
        writer.Write(final.Offered);
        Write(ref writer, final.PeerSignature);
        writer.Write(final.At.ToUnixTimeMilliseconds());
    }

    public static FinalRecord? ReadFinal(ref MessagePackReader reader) => reader.TryReadNil()
        ? null
        : new FinalRecord(
            PaymentFields.ReadFinal(ref reader), reader.ReadBoolean(), ReadSignature(ref reader),
            DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()));

    public static void Write(ref MessagePackWriter writer, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.Write(known.ToUnixTimeMilliseconds());
        }
        else
        {
            writer.WriteNil();
        }
    }

    public static DateTimeOffset? ReadTime(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());

    private static void Write(ref MessagePackWriter writer, Signature? signature)
    {
        if (signature is { } known)
        {
            PaymentFields.Write(ref writer, known);
        }
        else
        {
            writer.WriteNil();
        }
    }

    private static Signature? ReadSignature(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : PaymentFields.ReadSignature(ref reader);
}
