namespace CocoonP2P.Client;

/// <summary>What travels in AdditionalProperties, both ways.</summary>
internal static class CocoonProperties
{
    /// <summary>Out, text: hex of the job hash; the receipt has the same name.</summary>
    public const string Job = "cocoon.job";

    /// <summary>Out, text: peer id of the worker that answered last.</summary>
    public const string Worker = "cocoon.worker";

    /// <summary>Out, text: kind, TCB status and end of the verdict, as the header Cocoon-Attestation has it.</summary>
    public const string Verdict = "cocoon.verdict";

    /// <summary>Out, long: nanoton, chain fees apart.</summary>
    public const string Cost = "cocoon.cost";

    /// <summary>Out, bool: whether another worker went on with the answer.</summary>
    public const string Resumed = "cocoon.resumed";

    /// <summary>In, long: most that the answer may cost, in nanoton.</summary>
    public const string MaxCost = "cocoon.max_cost";

    /// <summary>In, text: whom fairness counts the request to; stays on this node.</summary>
    public const string Tenant = "cocoon.tenant";

    /// <summary>In, text: two requests with one key are bought once.</summary>
    public const string IdempotencyKey = "cocoon.idempotency_key";

    /// <summary>In, TimeSpan: most time until the answer is complete.</summary>
    public const string Timeout = "cocoon.timeout";
}
