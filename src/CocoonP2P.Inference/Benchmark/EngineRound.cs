using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Models;

namespace CocoonP2P.Inference.Benchmark;

/// <summary>The same work as <see cref="RawLoop"/>, through the whole engine: queue, scheduler, sampler, readers.</summary>
internal static class EngineRound
{
    /// <returns>The tokens of each row.</returns>
    public static async Task<int[][]> RunAsync(EngineLoop loop, ModelManifest manifest, int[][] prompts, int steps)
    {
        GenerationJob[] jobs = [.. prompts.Select((prompt, row) => new GenerationJob(
            new JobSpec(manifest.Id, prompt, steps, new SamplingParameters { Temperature = 0 }, [], $"bench-{row}"), null, null))];
        Array.ForEach(jobs, loop.Submit);
        await Task.WhenAll(jobs.Select(ReadAsync));
        return [.. jobs.Select(j => j.Tokens(0, j.Count).ToArray())];
    }

    private static async Task ReadAsync(GenerationJob job)
    {
        while (!job.HasEnded)
        {
            await job.NewsAsync(CancellationToken.None);
        }
    }
}
