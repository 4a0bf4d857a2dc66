using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;
using MessagePack;

namespace CocoonP2P.Capacity;

/// <summary>A worker's record as the journal keeps it. What is damaged, of another version or out of range is not read: it is learnt again.</summary>
internal static class RecordCodec
{
    private const byte Version = 1;

    public static byte[] Encode(WorkerRecord record)
    {
        ArrayBufferWriter<byte> buffer = new();
        MessagePackWriter writer = new(buffer);
        writer.Write(Version);
        RecordParts.Write(ref writer, record.FirstSeen);
        RecordParts.Write(ref writer, record.LastUsed);
        writer.Write(record.Receipts);
        writer.Write(record.UpToDate);
        RecordParts.Write(ref writer, record.Opening);
        RecordParts.Write(ref writer, record.Backoff);
        writer.WriteArrayHeader(record.Models.Count);
        foreach ((Bits256 model, ModelRecord learnt) in record.Models)
        {
            writer.Write(model.ToArray());
            writer.Write(learnt.Finished);
            RecordParts.Write(ref writer, learnt.LastFinished);
            RecordParts.Write(ref writer, learnt.Successes);
            RecordParts.Write(ref writer, learnt.Failures);
            RecordParts.Write(ref writer, learnt.FirstToken);
            RecordParts.Write(ref writer, learnt.TokenTime);
            RecordParts.Write(ref writer, learnt.Gap);
            RecordParts.Write(ref writer, learnt.Backoff);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a record; moments past <paramref name="now"/> become now, so that a clock set back locks nobody out.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, DateTimeOffset now, [NotNullWhen(true)] out WorkerRecord? record)
    {
        try
        {
            MessagePackReader reader = new(bytes);
            Wire.Require(reader.ReadByte() == Version, "version of a worker's record");
            record = Read(ref reader, now);
            return reader.End;
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException)
        {
            record = null;
            return false;
        }
    }

    private static WorkerRecord Read(ref MessagePackReader reader, DateTimeOffset now)
    {
        WorkerRecord record = new()
        {
            FirstSeen = RecordParts.Moment(ref reader, now),
            LastUsed = RecordParts.Moment(ref reader, now),
            Receipts = reader.ReadUInt32(),
            UpToDate = reader.ReadBoolean(),
        };
        RecordParts.Read(ref reader, record.Opening, now);
        RecordParts.Read(ref reader, record.Backoff, now);
        int models = WireReading.Count(ref reader, Limits.OfferModels, "models of a worker's record");
        for (int i = 0; i < models; i++)
        {
            ModelRecord model = record.Of(new Bits256(WireReading.Fixed(ref reader, 32, "model of a worker's record")));
            model.Finished = reader.ReadInt32();
            Wire.Require(model.Finished >= 0, "answers of a worker's record");
            model.LastFinished = RecordParts.Moment(ref reader, now);
            RecordParts.Read(ref reader, model.Successes, now);
            RecordParts.Read(ref reader, model.Failures, now);
            RecordParts.Read(ref reader, model.FirstToken, now);
            RecordParts.Read(ref reader, model.TokenTime, now);
            RecordParts.Read(ref reader, model.Gap, now);
            RecordParts.Read(ref reader, model.Backoff, now);
        }

        return record;
    }
}
