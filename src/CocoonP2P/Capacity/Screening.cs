using CocoonP2P.Protocol;

namespace CocoonP2P.Capacity;

/// <summary>What a worker must meet to be considered at all.</summary>
internal static class Screening
{
    private static readonly UInt128 Million = 1_000_000;

    /// <summary>The first demand that the offer does not meet; null where it meets all.</summary>
    public static WhyNotCode? Blocks(CapacityOffer offer, ModelOffer model, MarketJob job, NanoTon exposure)
    {
        if (!model.Id.Span.SequenceEqual(job.ModelId.Span))
        {
            return WhyNotCode.WrongModel;
        }

        if (!job.TeeKinds.AsSpan().Contains(offer.TeeKind))
        {
            return WhyNotCode.EvidenceKind;
        }

        if (model.ContextTokens - job.PromptTokens < 1)
        {
            return WhyNotCode.ContextTooSmall;
        }

        UInt128 most = MostCost(model, job);
        return most > job.MaxCost.Value ? WhyNotCode.TooDear : most > exposure.Value ? WhyNotCode.Exposure : null;
    }

    /// <summary>What the job would lock there, nanoton: the whole answer at the offer's prices.</summary>
    public static UInt128 MostCost(ModelOffer model, MarketJob job) => Cost(model, job.PromptTokens, job.MaxTokens);

    /// <summary>Nanoton for so many tokens. An int times a price is below 2⁹⁵.</summary>
    public static UInt128 Cost(ModelOffer model, int promptTokens, int completionTokens) =>
        (((UInt128)promptTokens * model.PromptPrice) + ((UInt128)completionTokens * model.CompletionPrice) + Million - 1) / Million;
}
