namespace CocoonP2P.Tests.Capacity.Simulation;

/// <summary>Workers and jobs drawn from a seed.</summary>
internal static class SimScenario
{
    /// <summary>Jobs at random moments.</summary>
    /// <param name="perSecond">In the mean.</param>
    /// <param name="seconds">For so long.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="deadline">Seconds that each may take.</param>
    public static IReadOnlyList<SimJob> Jobs(double perSecond, double seconds, int seed, double deadline = 600)
    {
        Random random = new(seed);
        List<SimJob> jobs = [];
        for (double at = 0; (at -= Math.Log(1 - random.NextDouble()) / perSecond) < seconds;)
        {
            jobs.Add(new SimJob(at, random.Next(20, 400), random.Next(20, 200), deadline));
        }

        return jobs;
    }

    /// <summary>Workers of one price and speed, enough slots each for the whole load of 20 jobs a second by four of them.</summary>
    public static List<SimWorker> Equal(int count) => [.. Enumerable.Range(1, count).Select(i => new SimWorker(i) { Slots = 16 })];

    /// <summary>Workers whose speed spans a factor of eight and whose price a factor of three, neither tied to the other.</summary>
    public static List<SimWorker> Mixed(int count, int seed)
    {
        Random random = new(seed);
        return
        [
            .. Enumerable.Range(1, count).Select(i =>
            {
                double slowness = Math.Pow(8, random.NextDouble());
                return new SimWorker(i)
                {
                    Price = (ulong)(1_000_000_000 * Math.Pow(3, random.NextDouble())),
                    Slots = random.Next(2, 17),
                    FirstToken = 0.15 * slowness,
                    TokenTime = 0.01 * slowness,
                };
            }),
        ];
    }

    public static double Quantile(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, part * sorted.Length)];
    }
}
