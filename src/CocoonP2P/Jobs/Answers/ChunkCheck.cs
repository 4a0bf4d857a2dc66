using CocoonP2P.Inference;

namespace CocoonP2P.Jobs;

/// <summary>Whether what a worker sends of a job can be an answer to it. Pure; null means yes, else what is wrong.</summary>
/// <param name="spec">What was asked for.</param>
/// <param name="vocabulary">No token has an id as large as this.</param>
internal sealed class ChunkCheck(JobSpec spec, int vocabulary)
{
    private uint _next;

    /// <summary>New tokens taken so far.</summary>
    public int Tokens { get; private set; }

    public string? Take(JobChunk chunk)
    {
        string? fault = spec.Inputs.Count > 0 ? "tokens for an embedding"
            : chunk.Index != _next ? "a chunk out of turn"
            : chunk.TokenIds.Length == 0 ? "an empty chunk"
            : spec.Resume.Length + Tokens + chunk.TokenIds.Length > spec.MaxTokens ? "more tokens than were asked for"
            : chunk.TokenIds.Any(id => id >= vocabulary) ? "a token that the model does not have"
            : Likely(chunk.Logprobs, chunk.TokenIds.Length) ? null : "log probabilities that were not asked for, or none";
        if (fault is null)
        {
            _next++;
            Tokens += chunk.TokenIds.Length;
        }

        return fault;
    }

    private bool Likely(IReadOnlyList<TokenLogprobs> logprobs, int tokens) => spec.TopLogprobs < 0
        ? logprobs.Count == 0
        : logprobs.Count == tokens
            && logprobs.All(l => l.Top.Count <= spec.TopLogprobs && l.Top.All(other => other.TokenId < vocabulary));
}
