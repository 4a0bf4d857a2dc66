using System.Collections.Immutable;
using CocoonP2P.Payments;
using MessagePack;

namespace CocoonP2P.Protocol;

/// <summary>Changes: an array of arrays, each a kind and its fields.</summary>
internal static class ChangesFormatter
{
    private const byte AddLock = 1;
    private const byte Pay = 2;
    private const byte CloseJob = 3;
    private const byte DropLock = 4;
    private const byte NewBatch = 5;

    public static void Write(ref MessagePackWriter writer, ImmutableArray<ChannelChange> changes)
    {
        writer.WriteArrayHeader(changes.Length);
        foreach (ChannelChange change in changes)
        {
            Write(ref writer, change);
        }
    }

    public static ImmutableArray<ChannelChange> Read(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        int count = reader.ReadArrayHeader();
        Wire.Require(count is >= 0 and <= Limits.ChangesPerState, "number of changes");
        ImmutableArray<ChannelChange>.Builder changes = ImmutableArray.CreateBuilder<ChannelChange>(count);
        for (int at = 0; at < count; at++)
        {
            changes.Add(ReadOne(ref reader, options));
        }

        reader.Depth--;
        return changes.MoveToImmutable();
    }

    private static void Write(ref MessagePackWriter writer, ChannelChange change)
    {
        switch (change)
        {
            case ChannelChange.AddLock add:
                Head(ref writer, 6, AddLock, add.JobId);
                PaymentFields.Write(ref writer, add.Cap);
                writer.Write(add.Expiry);
                PaymentFields.Write(ref writer, add.ReceiptKey);
                PaymentFields.Write(ref writer, add.JobHash);
                break;
            case ChannelChange.Pay pay:
                Head(ref writer, 3, Pay, pay.JobId);
                PaymentFields.Write(ref writer, pay.Amount);
                break;
            case ChannelChange.CloseJob close:
                Head(ref writer, 3, CloseJob, close.JobId);
                PaymentFields.Write(ref writer, close.ResultHash);
                break;
            case ChannelChange.DropLock drop:
                Head(ref writer, 2, DropLock, drop.JobId);
                break;
            default:
                Head(ref writer, 2, NewBatch, 0);
                break;
        }
    }

    private static ChannelChange ReadOne(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        int fields = reader.ReadArrayHeader();
        byte kind = reader.ReadByte();
        ulong job = reader.ReadUInt64();
        ChannelChange change = (kind, fields) switch
        {
            (AddLock, 6) => new ChannelChange.AddLock(
                job, PaymentFields.ReadAmount(ref reader), reader.ReadUInt32(),
                PaymentFields.ReadBits(ref reader), PaymentFields.ReadBits(ref reader)),
            (Pay, 3) => new ChannelChange.Pay(job, PaymentFields.ReadAmount(ref reader)),
            (CloseJob, 3) => new ChannelChange.CloseJob(job, PaymentFields.ReadBits(ref reader)),
            (DropLock, 2) => new ChannelChange.DropLock(job),
            (NewBatch, 2) => new ChannelChange.NewBatch(),
            _ => throw new MessagePackSerializationException("a change of no known kind"),
        };
        reader.Depth--;
        return change;
    }

    private static void Head(ref MessagePackWriter writer, int fields, byte kind, ulong job)
    {
        writer.WriteArrayHeader(fields);
        writer.Write(kind);
        writer.Write(job);
    }
}
