using System.Text;
using CocoonP2P.Models;

namespace CocoonP2P.Inference;

/// <summary>Whether a job may be given to a model: every number that a client can choose, against its range.</summary>
internal static class JobCheck
{
    public const int MaxStops = 16;
    public const int MaxStopBytes = 128;
    public const int MaxAlternatives = 20;
    public const int MaxBiases = 300;
    public const int MaxChoice = 127;

    /// <exception cref="InferenceException">PromptTooLong or BadParameter, naming what is wrong and no user data.</exception>
    public static void Require(JobSpec job, ModelManifest model)
    {
        ReadOnlySpan<int> prompt = job.PromptIds.Span;
        Require(!prompt.IsEmpty, "prompt: it is empty");
        Require(job.MaxTokens >= 1 && job.MaxTokens <= model.Limits.MaxTokens, $"max_tokens: 1 to {model.Limits.MaxTokens}");
        if (prompt.Length > model.Limits.ContextTokens - job.MaxTokens)
        {
            throw new InferenceException(
                InferenceErrorCode.PromptTooLong,
                $"{prompt.Length} tokens of prompt and {job.MaxTokens} of answer exceed the context of {model.Limits.ContextTokens}.");
        }

        Ids(prompt, model.Llm.Vocabulary, "prompt");
        Ids(job.Resume.Span, model.Llm.Vocabulary, "resume");
        Require(job.Resume.Length < job.MaxTokens, "resume: it leaves no token to generate");
        Require(job.TopLogprobs is >= -1 and <= MaxAlternatives, $"top_logprobs: at most {MaxAlternatives}");
        Require(job.Inputs.Count == 0, "input: the model generates");

        Require(job.Tenant.Length <= 128, "tenant: at most 128 characters");
        Require(job.Stop.Count <= MaxStops, $"stop: at most {MaxStops} strings");
        foreach (string stop in job.Stop)
        {
            Require(stop.Length > 0 && Encoding.UTF8.GetByteCount(stop) <= MaxStopBytes, $"stop: 1 to {MaxStopBytes} bytes each");
        }

        Sampling(job.Sampling, model.Llm.Vocabulary);
    }

    private static void Sampling(SamplingParameters p, int vocabulary)
    {
        // Written so that a NaN is refused as well.
        Require(p.Temperature is >= 0 and <= 2, "temperature: 0 to 2");
        Require(p.TopP is > 0 and <= 1, "top_p: above 0, up to 1");
        Require(p.TopK >= 0 && p.TopK <= vocabulary, "top_k: 0 to the vocabulary");
        Require(p.MinP is >= 0 and <= 1, "min_p: 0 to 1");
        Require(p.PresencePenalty is >= -2 and <= 2, "presence_penalty: -2 to 2");
        Require(p.FrequencyPenalty is >= -2 and <= 2, "frequency_penalty: -2 to 2");
        Require(p.Choice is >= 0 and <= MaxChoice, $"n: at most {MaxChoice + 1}");
        Require(p.Bias.Count <= MaxBiases, $"logit_bias: at most {MaxBiases} tokens");
        foreach (LogitBias bias in p.Bias)
        {
            Require(bias.TokenId >= 0 && bias.TokenId < vocabulary, "logit_bias: a token id is outside the vocabulary");
            Require(bias.Bias is >= -100 and <= 100, "logit_bias: -100 to 100");
        }

        Require(p.RepetitionPenalty is > 0 and <= 2, "repetition_penalty: above 0, up to 2");
    }

    public static void Ids(ReadOnlySpan<int> ids, int vocabulary, string name)
    {
        foreach (int id in ids)
        {
            Require(id >= 0 && id < vocabulary, name + ": a token id is outside the vocabulary");
        }
    }

    public static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InferenceException(InferenceErrorCode.BadParameter, problem + ".");
        }
    }
}
