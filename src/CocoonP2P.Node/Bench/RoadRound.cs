namespace CocoonP2P.Node.Bench;

/// <summary>One answer, measured.</summary>
/// <param name="Tokens">Generated.</param>
/// <param name="First">From the request to its first token.</param>
/// <param name="Whole">To its end.</param>
/// <param name="Allocated">Managed bytes, over the whole process.</param>
internal sealed record RoadRound(int Tokens, TimeSpan First, TimeSpan Whole, long Allocated)
{
    public double TokensPerSecond => Tokens / Whole.TotalSeconds;
}
