using System.Diagnostics;
using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Models;

namespace CocoonP2P.Inference.Benchmark;

/// <summary>The same work as <see cref="RawLoop"/>, through the whole engine: queue, scheduler, sampler, readers.</summary>
internal static class EngineRound
{
    /// <returns>The tokens of each row, and the pace while all rows decoded, in tokens a second together.</returns>
    public static async Task<(int[][] Ids, double TokensPerSecond)> RunAsync(EngineLoop loop, ModelManifest manifest, int[][] prompts, int steps)
    {
        GenerationJob[] jobs = [.. prompts.Select((prompt, row) => new GenerationJob(
            new JobSpec(manifest.Id, prompt, steps, new SamplingParameters { Temperature = 0 }, [], $"bench-{row}"), null, null))];
        List<(long At, int Row, int Count)> arrivals = [];
        Lock gate = new();
        Array.ForEach(jobs, loop.Submit);
        await Task.WhenAll(jobs.Select(ReadAsync));
        return ([.. jobs.Select(j => j.Tokens(0, j.Count).ToArray())], Pace(arrivals, jobs.Length, steps));

        async Task ReadAsync(GenerationJob job, int row)
        {
            int seen = 0;
            while (!job.HasEnded)
            {
                await job.NewsAsync(CancellationToken.None);
                int count = job.Count;
                if (count > seen)
                {
                    seen = count;
                    lock (gate)
                    {
                        arrivals.Add((Stopwatch.GetTimestamp(), row, count));
                    }
                }
            }
        }
    }

    // From when the last row has its first token until the first row has its last.
    private static double Pace(List<(long At, int Row, int Count)> arrivals, int rows, int steps)
    {
        long begin = Enumerable.Range(0, rows).Max(row => arrivals.First(a => a.Row == row).At);
        long end = arrivals.First(a => a.Count == steps).At;
        int Tokens(long at) => Enumerable.Range(0, rows).Sum(row => arrivals.Where(a => a.Row == row && a.At <= at).Max(a => a.Count));
        return (Tokens(end) - Tokens(begin)) / Stopwatch.GetElapsedTime(begin, end).TotalSeconds;
    }
}
