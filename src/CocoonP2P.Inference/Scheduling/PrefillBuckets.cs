namespace CocoonP2P.Inference.Scheduling;

/// <summary>Lengths that prefill runs have, and how long each takes here: the largest that keeps a step short is used.</summary>
internal sealed class PrefillBuckets
{
    public const int Smallest = 2;
    public const int Largest = 64;

    /// <summary>Longest that a decoding row should wait for a prompt's piece.</summary>
    public static readonly TimeSpan StepTarget = TimeSpan.FromMilliseconds(100);

    private const int Sizes = 6;

    // Until a run was timed: small enough for a model of a billion parameters, large enough to tell something.
    private const int FirstGuess = 16;

    private readonly double[] _average = new double[Sizes];

    /// <summary>The run for the rest of a prompt: how many of its tokens, and the run's length with padding.</summary>
    /// <param name="start">Tokens that are in the slot already.</param>
    /// <param name="remaining">Tokens of the prompt still to come, at least 1.</param>
    /// <param name="capacity">Tokens of a slot; leaves room for one generated token.</param>
    public (int Tokens, int Bucket) Choose(int start, int remaining, int capacity)
    {
        int bucket = Preferred();
        while (bucket > Smallest && bucket / 2 >= remaining)
        {
            bucket /= 2;
        }

        // Padding may not reach past the slot; then it is a shorter run without padding, or two positions, which always fit.
        while (bucket > Smallest && start + bucket > capacity)
        {
            bucket /= 2;
        }

        return (Math.Min(bucket, remaining), bucket);
    }

    public void Timed(int bucket, TimeSpan took)
    {
        ref double average = ref _average[Index(bucket)];
        average = average == 0 ? took.TotalMilliseconds : (0.75 * average) + (0.25 * took.TotalMilliseconds);
    }

    private int Preferred()
    {
        int known = Array.FindLastIndex(_average, a => a > 0);
        if (known < 0)
        {
            return FirstGuess;
        }

        int best = Smallest;
        for (int index = 0; index < Sizes; index++)
        {
            // A length that was never run is judged by the longest that was.
            double expected = _average[index] > 0 ? _average[index] : _average[known] * (1 << index) / (1 << known);
            best = expected < StepTarget.TotalMilliseconds ? Smallest << index : best;
        }

        return best;
    }

    private static int Index(int bucket) => int.Log2(bucket) - 1;
}
