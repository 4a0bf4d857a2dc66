using System.Numerics.Tensors;

namespace CocoonP2P.Inference.Scheduling;

/// <summary>The distribution as the model gave it, before anything is done to it. Allocates nothing.</summary>
internal static class RawDistribution
{
    /// <summary>What stands for a probability that is zero or nearly so.</summary>
    public const float Least = -9999;

    /// <param name="row">Logits, the largest finite.</param>
    /// <param name="id">The token that was chosen.</param>
    /// <param name="top">Filled with the likeliest tokens, the lowest id first among equals; no longer than the row.</param>
    /// <returns>Natural logarithm of the chosen token's probability.</returns>
    public static float Measure(ReadOnlySpan<float> row, int id, Span<TokenAlternative> top)
    {
        float largest = TensorPrimitives.Max(row);
        ulong sum = 0;
        int filled = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += ExactExp.Weight((double)row[i] - largest);
            if (filled < top.Length || (filled > 0 && row[i] > top[filled - 1].Logprob))
            {
                filled = Insert(top, filled, new TokenAlternative(i, row[i]));
            }
        }

        double total = largest + Math.Log(sum / (double)ExactExp.One);
        for (int i = 0; i < filled; i++)
        {
            top[i] = top[i] with { Logprob = Clamp(top[i].Logprob - total) };
        }

        return Clamp(row[id] - total);
    }

    private static int Insert(Span<TokenAlternative> top, int filled, TokenAlternative token)
    {
        int at = filled == top.Length ? filled - 1 : filled;
        for (; at > 0 && top[at - 1].Logprob < token.Logprob; at--)
        {
            top[at] = top[at - 1];
        }

        top[at] = token;
        return Math.Min(filled + 1, top.Length);
    }

    private static float Clamp(double logprob) => (float)Math.Clamp(logprob, Least, 0);
}
