using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Payments;

/// <summary>A channel's state as the journal keeps it. The records of the open batch are rows of their own and are joined
/// by <see cref="JournalStore"/>.</summary>
internal static class SnapshotCodec
{
    private const byte Version = 1;

    public static byte[] Encode(ChannelState state)
    {
        ArrayBufferWriter<byte> buffer = new();
        MessagePackWriter writer = new(buffer);
        writer.Write(Version);
        SnapshotParts.Write(ref writer, state.Settings);
        writer.Write((byte)state.Phase);
        writer.Write(state.Epoch);
        WriteLedger(ref writer, state.Ledger);
        SnapshotParts.Write(ref writer, state.Held);
        writer.WriteArrayHeader(state.Open.Length);
        foreach (StateRecord record in state.Open)
        {
            SnapshotParts.Write(ref writer, record);
        }

        writer.WriteArrayHeader(state.Jobs.Count);
        foreach (JobMeter job in state.Jobs.Values)
        {
            SnapshotParts.Write(ref writer, job);
        }

        writer.WriteArrayHeader(state.Claims.Count);
        foreach (ReceiptClaim claim in state.Claims.Values)
        {
            SnapshotParts.Write(ref writer, claim);
        }

        SnapshotParts.Write(ref writer, state.Chain);
        SnapshotParts.Write(ref writer, state.Final);
        PaymentFields.Write(ref writer, state.Debt);
        PaymentFields.Write(ref writer, state.Deposit);
        writer.Write(state.TopUps);
        writer.Write(state.CloseSeen);
        writer.Write(state.BatchedSeq);
        SnapshotParts.Write(ref writer, state.UnsettledSince);
        SnapshotParts.Write(ref writer, state.DrainingSince);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a snapshot; its batch holds the root but not yet the records. False where it is damaged.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ChannelState? state)
    {
        try
        {
            MessagePackReader reader = new(bytes);
            Wire.Require(reader.ReadByte() == Version, "version of a snapshot");
            state = Read(ref reader);
            return reader.End;
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException)
        {
            state = null;
            return false;
        }
    }

    private static ChannelState Read(ref MessagePackReader reader)
    {
        ChannelState state = new()
        {
            Settings = SnapshotParts.ReadSettings(ref reader),
            Phase = (ChannelPhase)reader.ReadByte(),
            Epoch = reader.ReadUInt64(),
            Ledger = ReadLedger(ref reader),
            Held = SnapshotParts.ReadRecord(ref reader),
        };
        ImmutableArray<StateRecord>.Builder open = ImmutableArray.CreateBuilder<StateRecord>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            open.Add(SnapshotParts.ReadRecord(ref reader)!);
        }

        ImmutableSortedDictionary<ulong, JobMeter>.Builder jobs = ImmutableSortedDictionary.CreateBuilder<ulong, JobMeter>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            JobMeter job = SnapshotParts.ReadMeter(ref reader);
            jobs.Add(job.JobId, job);
        }

        ImmutableSortedDictionary<ulong, ReceiptClaim>.Builder claims = ImmutableSortedDictionary.CreateBuilder<ulong, ReceiptClaim>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            ReceiptClaim claim = SnapshotParts.ReadClaim(ref reader);
            claims.Add(claim.JobId, claim);
        }

        return state with
        {
            Open = open.ToImmutable(),
            Jobs = jobs.ToImmutable(),
            Claims = claims.ToImmutable(),
            Chain = SnapshotParts.ReadChain(ref reader),
            Final = SnapshotParts.ReadFinal(ref reader),
            Debt = PaymentFields.ReadAmount(ref reader),
            Deposit = PaymentFields.ReadAmount(ref reader),
            TopUps = reader.ReadUInt64(),
            CloseSeen = reader.ReadBoolean(),
            BatchedSeq = reader.ReadUInt64(),
            UnsettledSince = SnapshotParts.ReadTime(ref reader),
            DrainingSince = SnapshotParts.ReadTime(ref reader),
        };
    }

    private static void WriteLedger(ref MessagePackWriter writer, Ledger ledger)
    {
        PaymentFields.Write(ref writer, ledger.Body);
        writer.Write(ledger.LastJob);
        writer.WriteArrayHeader(ledger.Locks.Count);
        foreach ((ulong id, JobLock held) in ledger.Locks)
        {
            writer.Write(id);
            PaymentFields.Write(ref writer, held.Cap);
            PaymentFields.Write(ref writer, held.Paid);
            writer.Write(held.Expiry);
            PaymentFields.Write(ref writer, held.ReceiptKey);
            PaymentFields.Write(ref writer, held.JobHash);
        }

        PaymentFields.Write(ref writer, ledger.Batch.Previous);
    }

    private static Ledger ReadLedger(ref MessagePackReader reader)
    {
        StateBody body = PaymentFields.ReadBody(ref reader);
        ulong lastJob = reader.ReadUInt64();
        ImmutableSortedDictionary<ulong, JobLock>.Builder locks = ImmutableSortedDictionary.CreateBuilder<ulong, JobLock>();
        for (int left = reader.ReadArrayHeader(); left > 0; left--)
        {
            locks.Add(reader.ReadUInt64(), new JobLock(
                PaymentFields.ReadAmount(ref reader), PaymentFields.ReadAmount(ref reader), reader.ReadUInt32(),
                PaymentFields.ReadBits(ref reader), PaymentFields.ReadBits(ref reader)));
        }

        JobBatch batch = JobBatch.Empty with { Previous = PaymentFields.ReadBits(ref reader), Root = body.JobsRoot };
        return new Ledger(body, lastJob, locks.ToImmutable(), batch);
    }
}
