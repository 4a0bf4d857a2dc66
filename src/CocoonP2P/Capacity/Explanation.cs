namespace CocoonP2P.Capacity;

/// <summary>One reason, typed and in words with its numbers.</summary>
internal sealed record WhyNot(WhyNotCode Code, string Text);

/// <summary>Why a worker would get a job, or not.</summary>
/// <param name="Worker">Peer id as text.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Share">The part of such jobs that it gets at this moment, 0 to 1.</param>
/// <param name="Reasons">At least one, in the order in which the market asks.</param>
internal sealed record Explanation(string Worker, string Model, double Share, IReadOnlyList<WhyNot> Reasons);
