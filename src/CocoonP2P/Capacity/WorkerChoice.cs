namespace CocoonP2P.Capacity;

/// <summary>A worker that could run a job, with what the job should cost there.</summary>
internal sealed record Candidate(CapacityOffer Offer, ModelOffer Model, UInt128 ExpectedCost);

/// <summary>Chooses among the offers for one job, docs/protocol/gossip.md §4. Pure: chance comes in as a number.</summary>
internal static class WorkerChoice
{
    /// <summary>Everyone who offers the model, with a free slot, a context that fits, a kind of evidence this client accepts.</summary>
    public static IReadOnlyList<Candidate> Eligible(
        IReadOnlyList<CapacityOffer> offers, ReadOnlySpan<byte> modelId, int promptTokens, int maxTokens, ReadOnlySpan<ushort> teeKinds)
    {
        List<Candidate> eligible = [];
        foreach (CapacityOffer offer in offers)
        {
            foreach (ModelOffer model in offer.Models)
            {
                if (model.Id.Span.SequenceEqual(modelId) && model.FreeSlots > 0
                    && model.ContextTokens - promptTokens >= 1 && teeKinds.Contains(offer.TeeKind))
                {
                    UInt128 cost = ((UInt128)promptTokens * model.PromptPrice) + ((UInt128)maxTokens * model.CompletionPrice);
                    eligible.Add(new Candidate(offer, model, cost));
                }
            }
        }

        return eligible;
    }

    /// <summary>
    /// The better of two random candidates: all clients that saw one offer as best at one moment would else meet at one
    /// worker. Cheaper is better; at an equal price the one with the larger share of free slots.
    /// </summary>
    /// <param name="candidates">At least one.</param>
    /// <param name="random">64 random bits.</param>
    public static Candidate PickOne(IReadOnlyList<Candidate> candidates, ulong random)
    {
        ulong count = (ulong)candidates.Count;
        Candidate first = candidates[(int)(random % count)];
        Candidate second = candidates[(int)((random >> 32) % count)];
        if (first.ExpectedCost != second.ExpectedCost)
        {
            return first.ExpectedCost < second.ExpectedCost ? first : second;
        }

        return (long)first.Model.FreeSlots * second.Model.Slots >= (long)second.Model.FreeSlots * first.Model.Slots ? first : second;
    }
}
