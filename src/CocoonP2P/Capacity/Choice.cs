namespace CocoonP2P.Capacity;

/// <summary>Where the market sends a job.</summary>
/// <param name="Candidate">The worker.</param>
/// <param name="ExpectedTime">From request to last token.</param>
/// <param name="IsTrial">Whether it goes there to learn about the worker, not because it is known to be the best.</param>
/// <param name="Among">Workers that could have taken it at this moment.</param>
internal sealed record Choice(Candidate Candidate, TimeSpan ExpectedTime, bool IsTrial, int Among);
