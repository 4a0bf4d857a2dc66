using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;

namespace CocoonP2P.Jobs;

/// <summary>What a user asks for.</summary>
/// <param name="Model">Name or id.</param>
/// <param name="Turns">The conversation, at least one turn.</param>
/// <param name="MaxTokens">Most tokens of the answer; null for the model's own bound.</param>
/// <param name="Sampling">With the seed, which the client has drawn where the user gave none.</param>
/// <param name="Stop">Stop strings.</param>
/// <param name="MaxCost">Most that the job may cost; null for payment.max_per_job.</param>
internal sealed record ChatOrder(
    string Model, IReadOnlyList<ChatTurn> Turns, int? MaxTokens, SamplingParameters Sampling, IReadOnlyList<string> Stop, NanoTon? MaxCost);

/// <summary>What comes back, in order: one Accepted, any number of Text, one Finished; or a <see cref="CocoonException"/>.</summary>
internal abstract record AnswerPart
{
    private AnswerPart()
    {
    }

    /// <summary>An attested worker took the job.</summary>
    /// <param name="Job">Hex of the job hash.</param>
    /// <param name="Worker">Peer id as text.</param>
    /// <param name="Verdict">Under this node's own policy.</param>
    public sealed record Accepted(string Job, string Worker, Verdict Verdict) : AnswerPart;

    /// <summary>The next piece of the answer.</summary>
    public sealed record Text(string Delta) : AnswerPart;

    /// <summary>The end.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Usage">As counted here.</param>
    /// <param name="Cost">What it cost, chain fees apart.</param>
    public sealed record Finished(FinishReason Reason, Usage Usage, NanoTon Cost) : AnswerPart;
}
