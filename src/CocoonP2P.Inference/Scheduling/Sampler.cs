using System.Numerics.Tensors;

namespace CocoonP2P.Inference.Scheduling;

/// <summary>
/// Chooses the next token. A pure function of logits, parameters, counts, seed and position: integer weights, a fixed
/// order, lowest id on a tie, so a peer of the same determinism class chooses the same. docs/protocol/inference.md, "Sampling".
/// </summary>
/// <remarks>Holds scratch memory only: one for each thread that samples. Allocates nothing after construction.</remarks>
/// <param name="vocabulary">Logits in a row.</param>
internal sealed class Sampler(int vocabulary)
{
    /// <summary>What a row that is not numbers gives instead of a token.</summary>
    public const int BadLogits = -1;

    private readonly float[] _logits = new float[vocabulary];
    private readonly ulong[] _weights = new ulong[vocabulary];
    private readonly int[] _kept = new int[vocabulary];

    /// <param name="row">Logits; not changed.</param>
    /// <param name="parameters">Within their ranges.</param>
    /// <param name="counts">How often each token stands in prompt and answer; null where no penalty is asked.</param>
    /// <param name="position">Position of the token to choose, prompt included.</param>
    /// <param name="allowed">A bit for each id that the grammar allows; empty: all.</param>
    /// <returns>An id, or <see cref="BadLogits"/>.</returns>
    public int Sample(
        ReadOnlySpan<float> row, SamplingParameters parameters, TokenCounts? counts, int position, ReadOnlySpan<ulong> allowed = default)
    {
        // The first of the largest, or the first that is not a number.
        int best = TensorPrimitives.IndexOfMax(row);
        if (!float.IsFinite(row[best]))
        {
            return BadLogits;
        }

        if (counts is not null || !allowed.IsEmpty || parameters.Bias.Count > 0)
        {
            row = Adjusted(row, parameters, counts, allowed);
            best = TensorPrimitives.IndexOfMax(row);
        }

        return !float.IsFinite(row[best]) ? BadLogits : parameters.Temperature == 0 ? best : Draw(row, best, parameters, position);
    }

    /// <summary>Zeroes what the last row left behind.</summary>
    public void Wipe()
    {
        _logits.AsSpan().Clear();
        _weights.AsSpan().Clear();
        _kept.AsSpan().Clear();
    }

    private float[] Adjusted(ReadOnlySpan<float> row, SamplingParameters parameters, TokenCounts? counts, ReadOnlySpan<ulong> allowed)
    {
        row.CopyTo(_logits);
        for (int word = 0; word < allowed.Length; word++)
        {
            Forbid(_logits.AsSpan(word * 64, Math.Min(64, _logits.Length - (word * 64))), allowed[word]);
        }

        // By index: an enumerator of a list behind its interface is an object.
        for (int i = 0; i < parameters.Bias.Count; i++)
        {
            _logits[parameters.Bias[i].TokenId] += parameters.Bias[i].Bias;
        }

        counts?.Apply(_logits, parameters);
        return _logits;
    }

    private static void Forbid(Span<float> logits, ulong allowed)
    {
        if (allowed == 0)
        {
            logits.Fill(float.NegativeInfinity);
        }
        else if (allowed != ulong.MaxValue)
        {
            for (int bit = 0; bit < logits.Length; bit++)
            {
                logits[bit] = (allowed >> bit & 1) != 0 ? logits[bit] : float.NegativeInfinity;
            }
        }
    }

    private int Draw(ReadOnlySpan<float> row, int best, SamplingParameters parameters, int position)
    {
        double top = row[best], temperature = parameters.Temperature;
        int kept = 0;
        for (int id = 0; id < row.Length; id++)
        {
            ulong weight = ExactExp.Weight((row[id] - top) / temperature);
            _weights[id] = weight;
            if (weight > 0)
            {
                _kept[kept++] = id;
            }
        }

        if (parameters.TopK > 0 || parameters.TopP < 1)
        {
            kept = KeepLargest(row, kept, parameters);
        }

        ulong least = (ulong)(parameters.MinP * (double)ExactExp.One), total = 0;
        foreach (int id in _kept.AsSpan(0, kept))
        {
            total += _weights[id] >= least ? _weights[id] : 0;
        }

        ulong target = Math.BigMul(Philox.Draw(parameters.Seed, (uint)position, (uint)parameters.Choice), total, out _);
        foreach (int id in _kept.AsSpan(0, kept))
        {
            ulong weight = _weights[id] >= least ? _weights[id] : 0;
            if (target < weight)
            {
                return id;
            }

            target -= weight;
        }

        throw new InvariantViolatedException("a draw is below the sum of the weights");
    }

    // A row has tens of thousands of tokens and few are kept, so they come from a heap, largest first; what was taken
    // stands at the end of the span, in reverse.
    private int KeepLargest(ReadOnlySpan<float> row, int count, SamplingParameters parameters)
    {
        Span<int> tokens = _kept.AsSpan(0, count);
        for (int i = (count / 2) - 1; i >= 0; i--)
        {
            Sift(tokens, i, row);
        }

        int taken = 0, kept = 0;
        ulong total = 0, sum = 0;
        for (int most = Math.Min(parameters.TopK, count); taken < most; taken++)
        {
            total += Take(tokens[..(count - taken)], row);
        }

        for (int i = 0; parameters.TopK == 0 && i < count; i++)
        {
            total += _weights[tokens[i]];
        }

        ulong share = parameters.TopP < 1 ? (ulong)Math.Ceiling(parameters.TopP * (double)total) : total;
        while (kept == 0 || sum < share)
        {
            if (kept == taken)
            {
                Take(tokens[..(count - taken++)], row);
            }

            sum += _weights[tokens[count - 1 - kept++]];
        }

        tokens[(count - kept)..].CopyTo(tokens);
        tokens[..kept].Sort();
        return kept;
    }

    private ulong Take(Span<int> heap, ReadOnlySpan<float> row)
    {
        (heap[0], heap[^1]) = (heap[^1], heap[0]);
        Sift(heap[..^1], 0, row);
        return _weights[heap[^1]];
    }

    private static void Sift(Span<int> heap, int parent, ReadOnlySpan<float> row)
    {
        for (int child; (child = (2 * parent) + 1) < heap.Length; parent = child)
        {
            if (child + 1 < heap.Length && Before(heap[child + 1], heap[child], row))
            {
                child++;
            }

            if (Before(heap[parent], heap[child], row))
            {
                return;
            }

            (heap[parent], heap[child]) = (heap[child], heap[parent]);
        }
    }

    private static bool Before(int a, int b, ReadOnlySpan<float> row) => row[a] > row[b] || (row[a] == row[b] && a < b);
}
