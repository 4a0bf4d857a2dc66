using System.Numerics.Tensors;
using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Inference.Benchmark;

/// <summary>What ONNX Runtime gives with nothing around it: bindings, one run a step, the largest logit.</summary>
internal static class RawLoop
{
    /// <param name="runner">Idle.</param>
    /// <param name="prompts">One for each row.</param>
    /// <param name="steps">Tokens to generate in each.</param>
    /// <param name="time">For the duration.</param>
    /// <returns>The tokens of each row, and the time of the decode steps.</returns>
    public static (int[][] Ids, TimeSpan Took) Run(IStepRunner runner, int[][] prompts, int steps, TimeProvider time)
    {
        int[][] said = [.. prompts.Select(_ => new int[steps])];
        int[] ids = new int[prompts.Length], positions = [.. prompts.Select(p => p.Length)];
        for (int row = 0; row < prompts.Length; row++)
        {
            ids[row] = TensorPrimitives.IndexOfMax(runner.Prefill(row, 0, prompts[row], BenchPrompts.Length));
            said[row][0] = ids[row];
        }

        long begin = time.GetTimestamp();
        for (int step = 1; step < steps; step++)
        {
            runner.Decode(0, ids, positions);
            for (int row = 0; row < ids.Length; row++)
            {
                ids[row] = TensorPrimitives.IndexOfMax(runner.Logits(row));
                said[row][step] = ids[row];
                positions[row]++;
            }
        }

        TimeSpan took = time.GetElapsedTime(begin);
        for (int row = 0; row < prompts.Length; row++)
        {
            runner.Kv.Wipe(row, positions[row]);
        }

        return (said, took);
    }
}
