namespace CocoonP2P.Capacity;

/// <summary>A worker that could run a job, with what the job should cost there.</summary>
/// <param name="Offer">The worker's newest.</param>
/// <param name="Model">The one of its models that the job asks for.</param>
/// <param name="ExpectedCost">Nanoton, its share of the chain's fees included.</param>
internal sealed record Candidate(CapacityOffer Offer, ModelOffer Model, UInt128 ExpectedCost);
