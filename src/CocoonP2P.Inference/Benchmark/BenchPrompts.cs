namespace CocoonP2P.Inference.Benchmark;

/// <summary>Prompts of arbitrary tokens, one bucket long, the same in every run.</summary>
internal static class BenchPrompts
{
    public const int Length = 16;

    public static int[][] Of(int rows, int vocabulary) =>
        [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(1, Length).Select(i => ((i * 7919) + (row * 104729)) % vocabulary).ToArray())];
}
