namespace CocoonP2P.Inference;

/// <summary>
/// One generation. The client renders the chat template and tokenizes, so both sides count the same prompt; the output
/// is a function of the model, the determinism class and this record alone.
/// </summary>
/// <param name="ModelId">SHA-256 of the canonical manifest, 32 bytes.</param>
/// <param name="PromptIds">Token ids, 1 to the model's context, each below its vocabulary.</param>
/// <param name="MaxTokens">Most tokens to generate, at least 1.</param>
/// <param name="Sampling">How each next token is chosen.</param>
/// <param name="Stop">Strings that end the answer, at most 16 of 128 bytes of UTF-8; the text before the match is kept.</param>
/// <param name="Tenant">Whom fairness and the prefix cache count this job to; empty for none.</param>
internal sealed record JobSpec(
    ReadOnlyMemory<byte> ModelId,
    ReadOnlyMemory<int> PromptIds,
    int MaxTokens,
    SamplingParameters Sampling,
    IReadOnlyList<string> Stop,
    string Tenant = "")
{
    /// <summary>
    /// Tokens of this answer that another worker delivered before: they are replayed through decode, then generation goes
    /// on. They count into MaxTokens, and are billed as prompt.
    /// </summary>
    public ReadOnlyMemory<int> Resume { get; init; }

    /// <summary>How many alternatives each token's log probability comes with, 0 to 20.</summary>
    /// <value>−1: no log probabilities.</value>
    public int TopLogprobs { get; init; } = -1;

    /// <summary>What the output must match.</summary>
    /// <value>null: anything.</value>
    public OutputGrammar? Grammar { get; init; }

    /// <summary>For an embedding job: the lengths of the inputs that <see cref="PromptIds"/> holds one after the other.</summary>
    /// <value>Empty: the job generates.</value>
    public IReadOnlyList<int> Inputs { get; init; } = [];
}

/// <summary>Sampling, in the order in which it is applied: bias, penalties, temperature, top_k, top_p, min_p, draw.</summary>
internal sealed record SamplingParameters
{
    /// <summary>Key of the Philox generator. The client draws one where the user gave none.</summary>
    public ulong Seed { get; init; }

    /// <summary>Which of several answers to one prompt this is, 0 to 127: part of the generator's counter, so each draws differently.</summary>
    public int Choice { get; init; }

    /// <summary>Added to the logits, at most 300 tokens.</summary>
    public IReadOnlyList<LogitBias> Bias { get; init; } = [];

    /// <summary>0 to 2.</summary>
    /// <value>1. At 0 the largest logit wins, the lowest id on a tie.</value>
    public float Temperature { get; init; } = 1;

    /// <summary>Above 0, up to 1.</summary>
    /// <value>1: off.</value>
    public float TopP { get; init; } = 1;

    /// <summary>0 to the vocabulary.</summary>
    /// <value>0: off.</value>
    public int TopK { get; init; }

    /// <summary>0 to 1.</summary>
    /// <value>0: off.</value>
    public float MinP { get; init; }

    /// <summary>−2 to 2.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>−2 to 2.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Above 0, up to 2.</summary>
    /// <value>1: off.</value>
    public float RepetitionPenalty { get; init; } = 1;
}

/// <summary>A place in the scheduler with its memory reserved, or a refusal with an estimate.</summary>
/// <param name="Accepted">Whether <see cref="IInferenceBackend.RunAsync"/> may be called with it.</param>
/// <param name="RetryAfter">Where it is not accepted: when a slot should be free.</param>
/// <param name="Handle">The backend's own; opaque to the engine.</param>
internal sealed record Admission(bool Accepted, TimeSpan RetryAfter, object? Handle) : IDisposable
{
    /// <summary>Gives the place back if it was not run; else does nothing. One that nobody gives back expires by itself.</summary>
    public void Dispose() => (Handle as IDisposable)?.Dispose();
}

/// <summary>What a running job yields.</summary>
internal abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>The job holds a slot.</summary>
    public sealed record Started : JobEvent;

    /// <summary>The next tokens. The client decodes them with the model's own tokenizer.</summary>
    /// <param name="TokenIds">At least one.</param>
    /// <param name="Logprobs">One for each token, or none at all.</param>
    public sealed record Delta(ReadOnlyMemory<int> TokenIds, IReadOnlyList<TokenLogprobs> Logprobs) : JobEvent
    {
        /// <summary>Tokens without log probabilities.</summary>
        public Delta(ReadOnlyMemory<int> tokenIds)
            : this(tokenIds, [])
        {
        }
    }

    /// <summary>The result of an embedding job: as many vectors as it had inputs.</summary>
    /// <param name="Values">One after the other, each of the model's dimensions.</param>
    public sealed record Vectors(ReadOnlyMemory<float> Values) : JobEvent;

    /// <summary>The end, with the counts that the bill is made from.</summary>
    /// <param name="Reason">Why it ended.</param>
    /// <param name="PromptTokens">Tokens of the prompt.</param>
    /// <param name="CachedTokens">Those of them that were in the tenant's prefix cache.</param>
    /// <param name="CompletionTokens">Tokens generated, the end token included.</param>
    public sealed record Finished(FinishReason Reason, int PromptTokens, int CachedTokens, int CompletionTokens) : JobEvent;
}

/// <summary>Why a generation ended.</summary>
internal enum FinishReason
{
    /// <summary>The model's end token, or a stop string.</summary>
    Stop,

    /// <summary>MaxTokens or the context ran out.</summary>
    Length,
}
