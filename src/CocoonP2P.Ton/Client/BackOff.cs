namespace CocoonP2P.Ton;

/// <summary>How long to wait before trying again.</summary>
internal static class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>Between half and all of a delay that doubles with each attempt, so that clients do not return together.</summary>
    /// <param name="attempt">0 for the first retry.</param>
    /// <param name="jitter">Random, from 0 up to 1.</param>
    public static TimeSpan Delay(int attempt, double jitter)
    {
        TimeSpan full = First * Math.Pow(2, Math.Min(attempt, 10));
        return (full < Most ? full : Most) * (0.5 + (jitter / 2));
    }
}
