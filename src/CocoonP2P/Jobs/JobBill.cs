using CocoonP2P.Inference;
using CocoonP2P.Payments;

namespace CocoonP2P.Jobs;

/// <summary>What of a job is billed as what, the same at both ends; docs/protocol/job.md §3.</summary>
internal static class JobBill
{
    /// <summary>Tokens that the worker reads before it makes its first: replayed ones cost what a prompt costs, so none is paid twice.</summary>
    public static uint Prompt(JobSpec spec) => (uint)(spec.PromptIds.Length + spec.Resume.Length);

    /// <summary>The most that the job may use.</summary>
    public static Usage Limits(JobSpec spec) => new(Prompt(spec), Completion: spec.Inputs.Count > 0 ? 0 : (uint)(spec.MaxTokens - spec.Resume.Length));

    /// <summary>What it has used when so many new tokens were delivered. Cached tokens are billed as fresh ones until the
    /// price list says otherwise, so they are not counted apart.</summary>
    public static Usage Used(JobSpec spec, int delivered) => new(Prompt(spec), Completion: (uint)delivered);
}
