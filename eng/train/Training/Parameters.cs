using System.Numerics.Tensors;

namespace CocoonP2P.Train.Training;

/// <summary>One weight with its gradient and the moments of AdamW.</summary>
internal sealed class Parameter(string name, long[] dimensions)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.98f;
    private const float Decay = 0.05f;

    private readonly float[] _first = new float[Count(dimensions)];
    private readonly float[] _second = new float[Count(dimensions)];

    public string Name => name;

    public long[] Dimensions => dimensions;

    /// <summary>What is learnt.</summary>
    public float[] Master { get; } = new float[Count(dimensions)];

    /// <summary>What the graph computes with: the master, or what is left of it after rounding to four bits.</summary>
    public float[] Seen { get; } = GC.AllocateArray<float>(Count(dimensions), pinned: true);

    public float[] Gradient { get; } = GC.AllocateArray<float>(Count(dimensions), pinned: true);

    public bool IsMatrix => dimensions.Length == 2;

    /// <summary>Draws the first values: ones for norms, else normal, smaller where the result is added to the residual.</summary>
    public void Initialise(Random random, int layers)
    {
        float deviation = name.EndsWith(".o", StringComparison.Ordinal) || name.EndsWith(".down", StringComparison.Ordinal)
            ? 0.05f / MathF.Sqrt(2 * layers)
            : 0.05f;
        for (int i = 0; i < Master.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            Master[i] = IsMatrix ? deviation * (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble())) : 1;
        }
    }

    /// <summary>One step of AdamW. The gradient passes the rounding as if it were not there.</summary>
    public void Step(int step, float rate, float clip)
    {
        float correct1 = 1 / (1 - MathF.Pow(Beta1, step));
        float correct2 = 1 / (1 - MathF.Pow(Beta2, step));
        float decay = IsMatrix ? Decay : 0;
        for (int i = 0; i < Master.Length; i++)
        {
            float gradient = Gradient[i] * clip;
            _first[i] = (Beta1 * _first[i]) + ((1 - Beta1) * gradient);
            _second[i] = (Beta2 * _second[i]) + ((1 - Beta2) * gradient * gradient);
            float direction = _first[i] * correct1 / (MathF.Sqrt(_second[i] * correct2) + 1e-8f);
            Master[i] -= rate * (direction + (decay * Master[i]));
        }
    }

    /// <summary>Hands the master to the graph.</summary>
    public void Publish(bool rounded)
    {
        if (rounded && IsMatrix)
        {
            Quantiser.RoundTrip(Master, Seen);
        }
        else
        {
            Master.CopyTo(Seen.AsSpan());
        }
    }

    public double SquaredGradient() => TensorPrimitives.SumOfSquares<float>(Gradient);

    private static int Count(long[] dimensions) => (int)dimensions.Aggregate(1L, (product, dimension) => product * dimension);
}
