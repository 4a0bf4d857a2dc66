namespace CocoonP2P.Inference.Embedding;

/// <summary>Which texts of a job run together: of one length, so that none is padded, and few enough to be over soon.</summary>
internal static class EmbedBatches
{
    /// <summary>Texts in a run.</summary>
    public const int MostRows = 32;

    /// <summary>Tokens in a run: a small model takes a tenth of a second for them, which is how long a cancel may take.</summary>
    public const int MostTokens = 2048;

    /// <param name="lengths">Of each text.</param>
    /// <param name="together">Whether several may run together at all.</param>
    /// <returns>Indices of texts.</returns>
    public static IEnumerable<int[]> Of(IReadOnlyList<int> lengths, bool together) =>
        Enumerable.Range(0, lengths.Count)
            .GroupBy(text => lengths[text])
            .OrderBy(group => group.Key)
            .SelectMany(group => group.Chunk(together ? Math.Clamp(MostTokens / group.Key, 1, MostRows) : 1));
}
