using CocoonP2P.Text;

namespace CocoonP2P.Jobs;

/// <summary>What all answers of one order share.</summary>
/// <param name="Text">The model's text side.</param>
/// <param name="Tenant">Whom fairness counts it to.</param>
/// <param name="Deadline">When it must be whole.</param>
/// <param name="HasOwnLimit">Whether the user said so, who then also waits that long for a slot.</param>
/// <param name="TeeKinds">Kinds of evidence that the policy can accept.</param>
internal sealed record OrderPlan(IModelText Text, string Tenant, DateTimeOffset Deadline, bool HasOwnLimit, ushort[] TeeKinds)
{
    public static OrderPlan Of(IModelText text, OrderTerms terms, ushort[] teeKinds, DateTimeOffset now)
    {
        TimeSpan limit = terms.Timeout is { } own && own < ClientSettings.JobTime ? own : ClientSettings.JobTime;
        return new OrderPlan(text, terms.Tenant, now + limit, terms.Timeout is not null, teeKinds);
    }

    /// <summary>How long to wait for a slot.</summary>
    public TimeSpan Patience(DateTimeOffset now)
    {
        TimeSpan left = Deadline - now;
        return HasOwnLimit || left < ClientSettings.SlotWait ? left : ClientSettings.SlotWait;
    }
}
