namespace CocoonP2P.Libp2p;

/// <summary>How long to wait after so many failures: doubling from a second to five minutes, each up to 30 % longer or shorter.</summary>
internal static class Backoff
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const double Jitter = 0.3;

    /// <param name="failures">In a row; at least one.</param>
    /// <param name="chance">From 0 to 1, so that many peers do not come back at once.</param>
    public static TimeSpan After(int failures, double chance)
    {
        double seconds = Shortest.TotalSeconds * Math.Pow(2, Math.Min(failures, 20) - 1);
        return TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds) * (1 + (Jitter * ((2 * chance) - 1))));
    }
}
