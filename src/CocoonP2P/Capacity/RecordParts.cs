using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Capacity;

/// <summary>The parts of a worker's record on disk: each number in its range, none that is not a number.</summary>
internal static class RecordParts
{
    /// <summary>A year in seconds: above any time or count that a record holds.</summary>
    private const double Largest = 31_536_000;

    /// <summary>The longest that a record may keep a worker away.</summary>
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(10);

    public static void Write(ref MessagePackWriter writer, DateTimeOffset moment) => writer.Write(moment.ToUnixTimeMilliseconds());

    public static void Write(ref MessagePackWriter writer, DecayingCount count)
    {
        writer.Write(count.Value);
        Write(ref writer, count.At);
    }

    public static void Write(ref MessagePackWriter writer, RunningMean mean)
    {
        writer.Write(mean.Value);
        writer.Write(mean.Samples);
        Write(ref writer, mean.At);
    }

    public static void Write(ref MessagePackWriter writer, Backoff backoff)
    {
        writer.Write(backoff.Failures);
        writer.Write((byte)backoff.Last);
        Write(ref writer, backoff.Until);
    }

    public static DateTimeOffset Moment(ref MessagePackReader reader, DateTimeOffset latest)
    {
        DateTimeOffset moment = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        return moment < latest ? moment : latest;
    }

    public static void Read(ref MessagePackReader reader, DecayingCount count, DateTimeOffset now) =>
        count.Set(Number(ref reader), Moment(ref reader, now));

    public static void Read(ref MessagePackReader reader, RunningMean mean, DateTimeOffset now)
    {
        double value = Number(ref reader);
        int samples = reader.ReadInt32();
        Wire.Require(samples >= 0, "samples of a worker's record");
        mean.Restore(value, samples, Moment(ref reader, now));
    }

    public static void Read(ref MessagePackReader reader, Backoff backoff, DateTimeOffset now)
    {
        int failures = reader.ReadInt32();
        byte last = reader.ReadByte();
        Wire.Require(failures >= 0 && last <= (byte)FailureKind.Unreachable, "failures of a worker's record");
        backoff.Restore(failures, (FailureKind)last, Moment(ref reader, now + LongestBackoff));
    }

    private static double Number(ref MessagePackReader reader)
    {
        double value = reader.ReadDouble();
        Wire.Require(value is >= 0 and <= Largest, "a number of a worker's record");
        return value;
    }
}
