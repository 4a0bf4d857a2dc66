using CocoonP2P.Inference.Runtime;
using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Models;

namespace CocoonP2P.Inference.Benchmark;

/// <summary>
/// Compares the engine with a bare ONNX Runtime loop over the same graph, alone and with eight rows. Rounds alternate in
/// both orders; medians count, of the quiet rounds where there are any.
/// </summary>
/// <param name="store">Where the model is.</param>
/// <param name="manifest">Which; one that generates.</param>
/// <param name="threads">Of a step.</param>
/// <param name="time">For the engine.</param>
internal sealed class InferenceBench(ModelStore store, ModelManifest manifest, int threads, TimeProvider time)
{
    public const int Rounds = 6;
    private const int Many = 8;
    private const int MostSteps = 128;

    // Without end tokens every answer has the length that is compared.
    private readonly ModelManifest _endless = manifest with { Shape = manifest.Llm with { EndTokens = [] } };
    private readonly int _steps = Math.Min(MostSteps, manifest.Limits.ContextTokens - BenchPrompts.Length);

    public async Task<BenchResult> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        OrtHost.Open();
        using LlmRunner raw = ModelLoader.Load(store, manifest, threads, Many);
        List<Round> one = [], many = [];
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            one.Add(await RoundAsync(raw, 1, round % 2 == 0));
            many.Add(await RoundAsync(raw, Many, round % 2 == 0));
            progress($"round {round + 1} of {Rounds}: alone {one[^1].Engine:F0} tokens/s, {Many} together {many[^1].Engine:F0}");
        }

        (Round[] countOne, Round[] countMany) = (Counting(one), Counting(many));
        double alone = Median(countOne, r => r.Engine), together = Median(countMany, r => r.Engine);
        return new BenchResult(
            manifest.Name,
            [
                new BenchFigure("raw_tokens_per_second_b1", Median(countOne, r => r.Raw)),
                new BenchFigure("engine_tokens_per_second_b1", alone),
                new BenchFigure("engine_to_raw_b1", Median(countOne, r => r.Engine / r.Raw), 0.95),
                new BenchFigure("raw_tokens_per_second_b8", Median(countMany, r => r.Raw)),
                new BenchFigure("engine_tokens_per_second_b8", together),
                new BenchFigure("engine_to_raw_b8", Median(countMany, r => r.Engine / r.Raw), 0.95),
                new BenchFigure("b8_to_b1", together / alone, 2.0),
                new BenchFigure("outside_runs_microseconds_a_step_b8", Median(countMany, r => r.Overhead.TotalMicroseconds)),
                new BenchFigure("outside_runs_share_b8", Median(countMany, r => r.OverheadShare), 0.01, AtMost: true),
                // Waking a reader may grow a queue of the thread pool once; the engine itself allocates nothing.
                new BenchFigure("managed_bytes_a_step_b8", Median(countMany, r => r.Bytes), 1, AtMost: true),
            ],
            countOne.Concat(countMany).Max(r => r.Foreign),
            one.Concat(many).All(r => r.Same));
    }

    private async Task<Round> RoundAsync(LlmRunner raw, int rows, bool rawFirst)
    {
        int[][] prompts = BenchPrompts.Of(rows, manifest.Llm.Vocabulary);
        ForeignLoad load = new();
        (int[][] Ids, TimeSpan Took) bare = rawFirst ? RawLoop.Run(raw, prompts, _steps, time) : ([], default);

        // The loop takes it over.
        MeteredRunner runner = new(ModelLoader.Load(store, manifest, threads, rows), rows, time);
        EngineLoop loop = new(runner, _endless, rows, time);
        loop.Start((long)manifest.Limits.ContextTokens * rows);

        // Once without looking: the first runs of a session are slow.
        await EngineRound.RunAsync(loop, manifest, prompts, _steps / 4);
        runner.Forget();
        int[][] ids = await EngineRound.RunAsync(loop, manifest, prompts, _steps);
        await loop.DisposeAsync();
        if (!rawFirst)
        {
            bare = RawLoop.Run(raw, prompts, _steps, time);
        }

        // Pace of the steps of all rows; a prompt's piece between two of them is not theirs.
        Invariant.Holds(runner.Gaps > 0, "a round has steps of all rows, one after the other");
        TimeSpan took = runner.Outside + runner.Inside;
        return new Round(
            rows * (_steps - 1) / bare.Took.TotalSeconds, rows * runner.Gaps / took.TotalSeconds, runner.Outside / runner.Gaps,
            runner.Outside / took, (double)runner.Bytes / runner.Gaps, load.Share(),
            ids.Zip(bare.Ids).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)));
    }

    private static Round[] Counting(List<Round> rounds)
    {
        Round[] quiet = [.. rounds.Where(r => r.Foreign <= ForeignLoad.Quiet)];
        return quiet.Length > 0 ? quiet : [.. rounds];
    }

    private static double Median(Round[] rounds, Func<Round, double> figure)
    {
        double[] sorted = [.. rounds.Select(figure).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="Raw">Tokens a second of the bare loop.</param>
    /// <param name="Engine">Tokens a second of the engine.</param>
    /// <param name="Overhead">Between two runs.</param>
    /// <param name="OverheadShare">Of all the time.</param>
    /// <param name="Bytes">Allocated by the engine's thread in a step.</param>
    /// <param name="Foreign">Share of the processors that others used.</param>
    /// <param name="Same">Whether both said the same.</param>
    private sealed record Round(double Raw, double Engine, TimeSpan Overhead, double OverheadShare, double Bytes, double Foreign, bool Same);
}
