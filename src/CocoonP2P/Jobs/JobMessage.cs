using CocoonP2P.Inference;
using CocoonP2P.Ton;

namespace CocoonP2P.Jobs;

/// <summary>What client and worker send each other about one job, docs/protocol/job.md §2.</summary>
/// <param name="JobHash">Cell hash of the job's terms, 32 bytes: what the lock, the chunks and the receipt name.</param>
internal abstract record JobMessage(byte[] JobHash);

/// <summary>Client: run this. It may travel with the lock that pays for it.</summary>
/// <param name="JobHash">The job.</param>
/// <param name="Terms">What <paramref name="JobHash"/> is the hash of.</param>
/// <param name="Spec">What to generate.</param>
/// <param name="Channel">Hash part of the address of the channel that has the lock: a session may pay through several.</param>
internal sealed record JobRequest(byte[] JobHash, JobTermsFields Terms, JobSpec Spec, Bits256 Channel) : JobMessage(JobHash);

/// <summary>Worker: the next tokens of the answer.</summary>
/// <param name="JobHash">The job.</param>
/// <param name="Index">From 0, without a gap.</param>
/// <param name="TokenIds">1 to 64.</param>
internal sealed record JobChunk(byte[] JobHash, uint Index, int[] TokenIds) : JobMessage(JobHash)
{
    /// <summary>One for each token, or none.</summary>
    public IReadOnlyList<TokenLogprobs> Logprobs { get; init; } = [];
}

/// <summary>Worker: the next numbers of an embedding job's vectors, which are as many as inputs times dimensions.</summary>
/// <param name="JobHash">The job.</param>
/// <param name="Index">From 0, without a gap.</param>
/// <param name="Values">1 to 32,768, finite.</param>
internal sealed record JobVectors(byte[] JobHash, uint Index, float[] Values) : JobMessage(JobHash);

/// <summary>Worker: the answer is complete.</summary>
internal sealed record JobEnd(
    byte[] JobHash, FinishReason Reason, uint PromptTokens, uint CachedTokens, uint CompletionTokens) : JobMessage(JobHash);

/// <summary>Client: stop; what was delivered is paid.</summary>
internal sealed record JobCancel(byte[] JobHash) : JobMessage(JobHash);

/// <summary>Worker: it will not run, or will not run on.</summary>
/// <param name="JobHash">The job.</param>
/// <param name="Code">One of <see cref="JobRefusalCode"/>.</param>
/// <param name="RetryAfter">When to come back; zero for never.</param>
internal sealed record JobRefused(byte[] JobHash, string Code, TimeSpan RetryAfter) : JobMessage(JobHash);

/// <summary>The closed list of reasons for a refusal.</summary>
internal static class JobRefusalCode
{
    public const string Busy = "busy";

    public const string UnknownModel = "unknown-model";

    public const string TooLarge = "too-large";

    public const string BadRequest = "bad-request";

    public const string Unfunded = "unfunded";

    public const string Stopping = "stopping";

    public const string Failed = "failed";
}

/// <summary>The fields of a job's terms that both sides hash into the same cell, docs/protocol/job.md §1.</summary>
/// <param name="Nonce">Random, 16 bytes: terms never repeat.</param>
/// <param name="Request">HMAC-SHA256 of the request under a key of this session, 32 bytes: published, it reveals nothing.</param>
/// <param name="Model">The model's id, 32 bytes.</param>
/// <param name="Deadline">Unix seconds.</param>
/// <param name="Measurement">Of the worker, as the verdict found it, 32 bytes.</param>
/// <param name="Evidence">SHA-256 of the binding that the worker's quote carries, 32 bytes.</param>
/// <param name="Quote">Hash of the price quote, 32 bytes.</param>
internal sealed record JobTermsFields(
    byte[] Nonce, byte[] Request, byte[] Model, uint Deadline, byte[] Measurement, byte[] Evidence, byte[] Quote);
