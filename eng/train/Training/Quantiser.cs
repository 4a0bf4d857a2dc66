namespace CocoonP2P.Train.Training;

/// <summary>Four bits a weight, in blocks of 32 inputs, zero at code 8.</summary>
internal static class Quantiser
{
    /// <summary>Weights that share a scale.</summary>
    public const int Block = 32;

    /// <summary>The scale of a block: the largest magnitude becomes code 0, the end with one more step.</summary>
    public static float Scale(ReadOnlySpan<float> block)
    {
        float extreme = 0;
        foreach (float value in block)
        {
            extreme = MathF.Abs(value) > MathF.Abs(extreme) ? value : extreme;
        }

        return extreme / -8;
    }

    /// <summary>The code of a weight, 0 to 15.</summary>
    public static int Code(float value, float scale) =>
        scale == 0 ? 8 : Math.Clamp((int)((value / scale) + 8.5f), 0, 15);

    /// <summary>What the engine will compute with.</summary>
    public static void RoundTrip(ReadOnlySpan<float> weights, Span<float> rounded)
    {
        for (int start = 0; start < weights.Length; start += Block)
        {
            float scale = Scale(weights.Slice(start, Block));
            for (int i = start; i < start + Block; i++)
            {
                rounded[i] = (Code(weights[i], scale) - 8) * scale;
            }
        }
    }
}
