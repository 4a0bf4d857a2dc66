namespace CocoonP2P.Node.Bench;

/// <summary>What the road costs, medians over the rounds.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Rounds">Pairs measured.</param>
/// <param name="EngineTokensPerSecond">Of the engine itself.</param>
/// <param name="RoadTokensPerSecond">Through session, encryption and payment.</param>
/// <param name="AddedLatency">To the first token, with a session and a channel open.</param>
/// <param name="BytesPerToken">Managed bytes, client, worker and chain together, less the engine's own.</param>
internal sealed record RoadFigures(
    string Model, int Rounds, double EngineTokensPerSecond, double RoadTokensPerSecond, TimeSpan AddedLatency, double BytesPerToken)
{
    public const double RatioGoal = 0.97;

    public static readonly TimeSpan LatencyGoal = TimeSpan.FromMilliseconds(2);

    public double Ratio => RoadTokensPerSecond / EngineTokensPerSecond;

    public static RoadFigures Of(string model, IReadOnlyList<RoadRound> engine, IReadOnlyList<RoadRound> road) => new(
        model, road.Count, Median(engine, r => r.TokensPerSecond), Median(road, r => r.TokensPerSecond),
        TimeSpan.FromMilliseconds(Median(road, r => r.First.TotalMilliseconds) - Median(engine, r => r.First.TotalMilliseconds)),
        Median(road, r => (double)r.Allocated / r.Tokens) - Median(engine, r => (double)r.Allocated / r.Tokens));

    private static double Median(IReadOnlyList<RoadRound> rounds, Func<RoadRound, double> value)
    {
        double[] sorted = [.. rounds.Select(value).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
