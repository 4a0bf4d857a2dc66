using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;

namespace CocoonP2P.Jobs;

/// <summary>
/// What comes back for each choice, in order: one Accepted, any number of Text, ToolCall and Resumed, one Finished; or a
/// <see cref="CocoonException"/> for the whole.
/// </summary>
internal abstract record AnswerPart
{
    private AnswerPart()
    {
    }

    /// <summary>Which of the answers, from 0.</summary>
    public int Choice { get; init; }

    /// <summary>An attested worker took the job.</summary>
    /// <param name="Job">Hex of the job hash.</param>
    /// <param name="Worker">Peer id as text.</param>
    /// <param name="Verdict">Under this node's own policy.</param>
    public sealed record Accepted(string Job, string Worker, Verdict Verdict) : AnswerPart
    {
        /// <summary>Hex of the first 8 bytes of the worker's determinism class; "" where it is not known.</summary>
        public string DeterminismClass { get; init; } = "";
    }

    /// <summary>The next piece of the answer.</summary>
    /// <param name="Delta">May be empty where only log probabilities came.</param>
    public sealed record Text(string Delta) : AnswerPart
    {
        /// <summary>Of the tokens since the last part, where the order asked for them.</summary>
        public IReadOnlyList<DecodedLogprobs> Logprobs { get; init; } = [];
    }

    /// <summary>A piece of a tool call: the first has the name, all add to the arguments.</summary>
    /// <param name="Index">Which call of this answer, from 0.</param>
    /// <param name="Id">Unique.</param>
    /// <param name="Name">Of the tool in the first piece; else "".</param>
    /// <param name="Arguments">The next characters of the JSON object.</param>
    public sealed record ToolCall(int Index, string Id, string Name, string Arguments) : AnswerPart;

    /// <summary>The worker was lost; another goes on from what had arrived.</summary>
    /// <param name="Job">Hex of the new job hash.</param>
    /// <param name="Worker">Peer id as text.</param>
    /// <param name="Verdict">Of the new worker.</param>
    /// <param name="Exact">Whether the new worker computes the same bits, so that the text is what the first would have given.</param>
    public sealed record Resumed(string Job, string Worker, Verdict Verdict, bool Exact) : AnswerPart;

    /// <summary>The end.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Usage">As counted here, over all workers that took part.</param>
    /// <param name="Cost">What it cost, chain fees apart.</param>
    public sealed record Finished(FinishReason Reason, Usage Usage, NanoTon Cost) : AnswerPart;
}

/// <summary>A token with its likelihood, decoded.</summary>
/// <param name="Bytes">What it stands for; not always whole characters.</param>
/// <param name="Logprob">Natural logarithm of its probability.</param>
/// <param name="Top">The likeliest at its place, most likely first.</param>
internal sealed record DecodedLogprobs(byte[] Bytes, float Logprob, IReadOnlyList<(byte[] Bytes, float Logprob)> Top);

/// <summary>Embeddings of an order's inputs, in their order.</summary>
internal sealed record EmbeddingAnswer(AnswerPart.Accepted Accepted, IReadOnlyList<float[]> Vectors, Usage Usage, NanoTon Cost);
