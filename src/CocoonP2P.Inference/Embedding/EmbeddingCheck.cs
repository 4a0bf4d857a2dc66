using CocoonP2P.Models;
using CocoonP2P.Protocol;

namespace CocoonP2P.Inference.Embedding;

/// <summary>Whether an embedding job may be given to a model.</summary>
internal static class EmbeddingCheck
{
    /// <exception cref="InferenceException">PromptTooLong or BadParameter, naming what is wrong and no user data.</exception>
    public static void Require(JobSpec job, ModelManifest model)
    {
        JobCheck.Require(job.Inputs.Count > 0, "the model embeds and does not generate");
        JobCheck.Require(job.Inputs.Count <= Limits.Inputs, $"input: at most {Limits.Inputs} texts");
        long tokens = 0;
        foreach (int length in job.Inputs)
        {
            JobCheck.Require(length > 0, "input: a text is empty");
            if (length > model.Limits.ContextTokens)
            {
                throw new InferenceException(
                    InferenceErrorCode.PromptTooLong, $"A text has {length} tokens and the model takes {model.Limits.ContextTokens}.");
            }

            tokens += length;
        }

        JobCheck.Require(tokens == job.PromptIds.Length, "input: the lengths are not those of the texts");
        JobCheck.Ids(job.PromptIds.Span, model.Embed.Vocabulary, "input");
        JobCheck.Require(job.Resume.IsEmpty && job.Grammar is null && job.TopLogprobs < 0, "input: such a job has no answer to continue or measure");
        JobCheck.Require(job.Tenant.Length <= 128, "tenant: at most 128 characters");
    }
}
