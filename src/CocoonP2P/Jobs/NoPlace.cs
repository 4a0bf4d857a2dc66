using CocoonP2P.Capacity;

namespace CocoonP2P.Jobs;

/// <summary>Why no worker gets a job, as the error that its user sees.</summary>
internal static class NoPlace
{
    /// <param name="obstacle">What no worker meets; null where some would, but are taken.</param>
    /// <param name="retryAfter">When one of those should be free.</param>
    /// <param name="job">What was asked.</param>
    /// <param name="model">Its name.</param>
    public static CocoonException Explain(Obstacle? obstacle, TimeSpan? retryAfter, MarketJob job, string model) => obstacle switch
    {
        null => new CocoonException(
            ErrorCode.Busy, $"every worker that serves {model} is taken",
            $"retry in {Math.Ceiling((retryAfter ?? RetryEstimate.Shortest).TotalSeconds)} s") { RetryAfter = retryAfter ?? RetryEstimate.Shortest },
        { Code: WhyNotCode.EvidenceKind } => new AttestationRefusedException(
            $"every worker that offers {model} has evidence of a kind that the policy does not accept",
            "the policy decides: attestation.policy in node.toml", verdict: null),
        { Code: WhyNotCode.ContextTooSmall } => Nobody(
            $"the prompt of {job.PromptTokens} tokens fits the context of no worker that offers {model}", "send a shorter prompt"),
        { Code: WhyNotCode.TooDear } => Nobody(
            $"the job may cost {obstacle.LeastLock} nanoton, above the {job.MaxCost.Value} allowed",
            "raise Cocoon-Max-Cost or payment.max_per_job, or ask for fewer tokens"),
        { Code: WhyNotCode.Exposure } => Nobody(
            $"the job may lock {obstacle.LeastLock} nanoton, and no worker has signed enough receipts yet for more than {obstacle.MostTrusted}",
            "ask for fewer tokens first: each receipt doubles what a worker is trusted with"),
        _ => Nobody($"no worker offers {model}", "wait for one, or look at GET /status.json: peers and offers"),
    };

    public static NoWorkerException Nobody(string message, string hint) => new(ErrorCode.NoWorker, message, hint, []);
}
