using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Jobs;

/// <summary>A job's specification on the wire, docs/protocol/job.md §2.</summary>
internal static class JobSpecFormat
{
    private const int Fields = 19;

    public static void Write(ref MessagePackWriter writer, JobSpec spec)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(spec.ModelId.Span);
        TokenIdsFormat.Write(ref writer, spec.PromptIds.Span);
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

        writer.Write(spec.Sampling.Choice);
        LogitBiasFormat.Write(ref writer, spec.Sampling.Bias);
        TokenIdsFormat.Write(ref writer, spec.Resume.Span);
        writer.Write(spec.TopLogprobs);
        GrammarFormat.Write(ref writer, spec.Grammar);
        TokenIdsFormat.Write(ref writer, spec.Inputs.ToArray());
    }

    public static JobSpec Read(ref MessagePackReader reader)
    {
        int fields = WireReading.Fields(ref reader, Fields, "job spec");
        byte[] model = WireReading.Fixed(ref reader, 32, "job spec: model");
        int[] prompt = TokenIdsFormat.Read(ref reader, Limits.PromptTokens);
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
        string[] stop = ReadStop(ref reader);
        sampling = sampling with { Choice = reader.ReadInt32(), Bias = LogitBiasFormat.Read(ref reader) };
        JobSpec spec = new(model, prompt, maxTokens, sampling, stop)
        {
            Resume = TokenIdsFormat.Read(ref reader, Limits.PromptTokens),
            TopLogprobs = reader.ReadInt32(),
            Grammar = GrammarFormat.Read(ref reader),
            Inputs = TokenIdsFormat.Read(ref reader, Limits.Inputs),
        };
        WireReading.SkipAppended(ref reader, fields, Fields);
        RequireSound(spec);
        return spec;
    }

    private static void RequireSound(JobSpec spec)
    {
        int resume = spec.Resume.Length;
        Wire.Require(spec.MaxTokens > resume && spec.PromptIds.Length > 0 && spec.PromptIds.Length + resume <= Limits.PromptTokens, "job spec: counts");
        Wire.Require(spec.Sampling.Choice is >= 0 and < Limits.Choices, "job spec: choice");
        Wire.Require(spec.TopLogprobs is >= -1 and <= Limits.TopLogprobs, "job spec: log probabilities");

        // A sum of 256 positive numbers below 2³¹ fits a long.
        bool embeds = spec.Inputs.Count > 0;
        Wire.Require(!embeds || (spec.Inputs.All(i => i > 0) && spec.Inputs.Sum(i => (long)i) == spec.PromptIds.Length), "job spec: inputs");
        Wire.Require(!embeds || (resume == 0 && spec.Grammar is null && spec.TopLogprobs < 0), "job spec: an embedding generates nothing");
    }

    private static string[] ReadStop(ref MessagePackReader reader)
    {
        string[] stop = new string[WireReading.Count(ref reader, Limits.StopStrings, "job spec: stop strings")];
        for (int i = 0; i < stop.Length; i++)
        {
            byte[] bytes = WireReading.Bytes(ref reader, Limits.StopBytes, "job spec: stop string");
            Wire.Require(bytes.Length > 0 && System.Text.Unicode.Utf8.IsValid(bytes), "job spec: stop string");
            stop[i] = Encoding.UTF8.GetString(bytes);
        }

        return stop;
    }

    private static float Finite(ref MessagePackReader reader)
    {
        float value = reader.ReadSingle();
        Wire.Require(float.IsFinite(value), "job spec: a parameter is not a number");
        return value;
    }
}
