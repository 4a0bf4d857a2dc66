using System.Runtime.InteropServices;

namespace CocoonP2P.Inference.Embedding;

/// <summary>Whether a text gets the same bits alone and beside others of its length. If not, texts run alone.</summary>
internal static class EmbedSelfTest
{
    private const int Rows = 5;

    /// <exception cref="Scheduling.StepFailedException">The model does not run at all.</exception>
    public static bool Passes(IEmbedRunner runner, int vocabulary, int context)
    {
        bool same = true;
        foreach (int length in (int[])[1, 2, 7, Math.Min(32, context)])
        {
            int[] ids = [.. Enumerable.Range(1, length * Rows).Select(i => (int)((uint)(i * 40503) % (uint)vocabulary))];
            float[] together = new float[Rows * runner.Dimensions], alone = new float[runner.Dimensions];
            runner.Run(ids, [.. Enumerable.Repeat(length, Rows)], together);
            for (int row = 0; row < Rows; row++)
            {
                runner.Run(ids.AsSpan(row * length, length), [length], alone);
                same &= MemoryMarshal.AsBytes<float>(alone).SequenceEqual(
                    MemoryMarshal.AsBytes<float>(together.AsSpan(row * runner.Dimensions, runner.Dimensions)));
            }
        }

        return same;
    }
}
