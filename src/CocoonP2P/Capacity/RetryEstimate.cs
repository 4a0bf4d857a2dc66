namespace CocoonP2P.Capacity;

/// <summary>When a job that nobody can take now should come back.</summary>
internal static class RetryEstimate
{
    /// <summary>Slots are told within a second.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Beyond this an estimate is a guess; who is told to wait longer goes away.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The soonest that one of the workers takes a job, by its own word or by the pace of its answers, and the jobs that wait
    /// before this one, at the rate at which all their slots fall free.
    /// </summary>
    /// <param name="prospects">Workers that meet the job's demands; none gives null.</param>
    /// <param name="ahead">Jobs that wait before it.</param>
    /// <param name="now">The time.</param>
    public static TimeSpan? Of(IReadOnlyList<Prospect> prospects, int ahead, DateTimeOffset now)
    {
        if (prospects.Count == 0)
        {
            return null;
        }

        double soonest = double.MaxValue;
        double rate = 0;
        foreach (Prospect one in prospects)
        {
            double between = Math.Max(one.Seconds, 0.001) / Math.Max(1, Math.Min(one.Model.Slots, one.Record?.Slots.Read(now) ?? int.MaxValue));
            double wait = one.ReadyAt > now ? (one.ReadyAt - now).TotalSeconds : one.Free > 0 ? 0 : between;
            (soonest, rate) = (Math.Min(soonest, wait), rate + (1 / between));
        }

        double seconds = soonest + (Math.Max(0, ahead) / rate);
        return TimeSpan.FromSeconds(Math.Clamp(seconds, Shortest.TotalSeconds, Longest.TotalSeconds));
    }
}
