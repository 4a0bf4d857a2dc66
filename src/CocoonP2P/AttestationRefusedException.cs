using CocoonP2P.Sessions;

namespace CocoonP2P;

/// <summary>This node's policy refused every worker that offers the model. Nothing of the prompt left this node.</summary>
/// <param name="message">The check that failed.</param>
/// <param name="hint">Where the policy's rule comes from.</param>
/// <param name="verdict">The last refusal; null where no evidence came so far as to be judged.</param>
public sealed class AttestationRefusedException(string message, string hint, Verdict? verdict)
    : CocoonException(ErrorCode.AttestationRefused, message, hint)
{
    /// <summary>The last refusal, with every rule that was not met; null where no evidence came so far as to be judged.</summary>
    public Verdict? Verdict { get; } = verdict;
}
