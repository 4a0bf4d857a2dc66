using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Jobs;

/// <summary>A job's specification on the wire. Token ids are 32-bit little-endian, so a list costs what it holds.</summary>
internal static class JobSpecFormat
{
    private const int Fields = 12;

    public static void Write(ref MessagePackWriter writer, JobSpec spec)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(spec.ModelId.Span);
        WriteIds(ref writer, spec.PromptIds.Span);
        writer.Write(spec.MaxTokens);
        writer.Write(spec.Sampling.Seed);
        writer.Write(spec.Sampling.Temperature);
        writer.Write(spec.Sampling.TopP);
        writer.Write(spec.Sampling.TopK);
        writer.Write(spec.Sampling.MinP);
        writer.Write(spec.Sampling.PresencePenalty);
        writer.Write(spec.Sampling.FrequencyPenalty);
        writer.Write(spec.Sampling.RepetitionPenalty);
        writer.WriteArrayHeader(spec.Stop.Count);
        foreach (string stop in spec.Stop)
        {
            writer.Write(Encoding.UTF8.GetBytes(stop));
        }
    }

    public static JobSpec Read(ref MessagePackReader reader)
    {
        int fields = WireReading.Fields(ref reader, Fields, "job spec");
        byte[] model = WireReading.Fixed(ref reader, 32, "job spec: model");
        int[] prompt = ReadIds(ref reader, Limits.PromptTokens);
        int maxTokens = reader.ReadInt32();
        SamplingParameters sampling = new()
        {
            Seed = reader.ReadUInt64(),
            Temperature = Finite(ref reader),
            TopP = Finite(ref reader),
            TopK = reader.ReadInt32(),
            MinP = Finite(ref reader),
            PresencePenalty = Finite(ref reader),
            FrequencyPenalty = Finite(ref reader),
            RepetitionPenalty = Finite(ref reader),
        };
        string[] stop = new string[WireReading.Count(ref reader, Limits.StopStrings, "job spec: stop strings")];
        for (int i = 0; i < stop.Length; i++)
        {
            byte[] bytes = WireReading.Bytes(ref reader, Limits.StopBytes, "job spec: stop string");
            Wire.Require(bytes.Length > 0 && System.Text.Unicode.Utf8.IsValid(bytes), "job spec: stop string");
            stop[i] = Encoding.UTF8.GetString(bytes);
        }

        WireReading.SkipAppended(ref reader, fields, Fields);
        Wire.Require(maxTokens > 0 && prompt.Length > 0, "job spec: counts");
        return new JobSpec(model, prompt, maxTokens, sampling, stop);
    }

    public static void WriteIds(ref MessagePackWriter writer, ReadOnlySpan<int> ids)
    {
        byte[] bytes = new byte[4 * ids.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), ids[i]);
        }

        writer.Write(bytes);
    }

    public static int[] ReadIds(ref MessagePackReader reader, int limit)
    {
        ReadOnlySequence<byte>? bytes = reader.ReadBytes();
        Wire.Require(bytes is not null && bytes.Value.Length <= 4 * limit && bytes.Value.Length % 4 == 0, "token ids: length");
        byte[] raw = bytes.Value.ToArray();
        int[] ids = new int[raw.Length / 4];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = BinaryPrimitives.ReadInt32LittleEndian(raw.AsSpan(4 * i));
            Wire.Require(ids[i] >= 0, "token ids: negative");
        }

        return ids;
    }

    private static float Finite(ref MessagePackReader reader)
    {
        float value = reader.ReadSingle();
        Wire.Require(float.IsFinite(value), "job spec: a parameter is not a number");
        return value;
    }
}
