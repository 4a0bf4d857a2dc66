namespace CocoonP2P.Capacity;

/// <summary>How long a stream may be silent before its worker counts as dead.</summary>
internal static class StallBound
{
    /// <summary>A TCP segment lost twice costs 1 s, a prompt of thousands of tokens that the worker takes in between another.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    /// <summary>For a worker whose pace is not known, and for any.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Above the longest silences of its whole answers: what ends well is not to be cut off.</summary>
    private const double Margin = 4;

    public static TimeSpan Of(ModelRecord? record) => record is not { Finished: >= Forecast.Proven, Gap.Samples: > 0 }
        ? Longest
        : TimeSpan.FromSeconds(Math.Clamp(Margin * record.Gap.Value, Shortest.TotalSeconds, Longest.TotalSeconds));
}
