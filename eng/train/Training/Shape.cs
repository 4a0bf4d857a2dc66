namespace CocoonP2P.Train.Training;

/// <summary>The shape of a Llama, with the embedding as its head.</summary>
internal sealed record Shape(int Layers, int Width, int Heads, int KvHeads, int HeadSize, int FeedForward, int Vocabulary)
{
    public const float Epsilon = 1e-5f;
    public const float Theta = 10000;

    /// <summary>cocoon-tiny: 3.1 M parameters.</summary>
    public static readonly Shape Tiny = new(4, 256, 8, 4, 32, 672, 1024);

    /// <summary>Rows of the packed projection: queries, keys, values.</summary>
    public int QkvRows => (Heads + (2 * KvHeads)) * HeadSize;

    /// <summary>All weights: matrices as [outputs, inputs], so that a block of 32 inputs is one run of memory.</summary>
    public IEnumerable<(string Name, long[] Dimensions)> Weights()
    {
        yield return ("embed", [Vocabulary, Width]);
        for (int layer = 0; layer < Layers; layer++)
        {
            yield return ($"l{layer}.in_norm", [Width]);
            yield return ($"l{layer}.qkv", [QkvRows, Width]);
            yield return ($"l{layer}.o", [Width, Heads * HeadSize]);
            yield return ($"l{layer}.post_norm", [Width]);
            yield return ($"l{layer}.gate", [FeedForward, Width]);
            yield return ($"l{layer}.up", [FeedForward, Width]);
            yield return ($"l{layer}.down", [Width, FeedForward]);
        }

        yield return ("norm", [Width]);
    }

    /// <summary>Cosines or sines of the rotary embedding for positions × half a head.</summary>
    public static float[] Rotary(int positions, int headSize, Func<double, double> wave)
    {
        int half = headSize / 2;
        float[] table = new float[positions * half];
        for (int position = 0; position < positions; position++)
        {
            for (int i = 0; i < half; i++)
            {
                table[(position * half) + i] = (float)wave(position / Math.Pow(Theta, 2.0 * i / headSize));
            }
        }

        return table;
    }
}
