namespace CocoonP2P.Capacity;

/// <summary>A mean that follows what is measured: of the first five samples, then weighted to the newest, more so after a pause.</summary>
internal sealed class RunningMean
{
    /// <summary>Weight of a new sample among many: two thirds of the mean are the last five.</summary>
    private const double Weight = 0.2;

    /// <summary>After so long without a sample the next one counts as much as all before; after a minute it is seven eighths.</summary>
    private static readonly TimeSpan HalfLife = TimeSpan.FromSeconds(20);

    /// <summary>Without samples 0.</summary>
    public double Value { get; private set; }

    public int Samples { get; private set; }

    public DateTimeOffset At { get; private set; }

    public void Add(double sample, DateTimeOffset now)
    {
        double pause = 1 - Math.Pow(0.5, Math.Max(0, (now - At) / HalfLife));
        double weight = Samples == 0 ? 1 : Math.Max(Math.Max(Weight, 1.0 / (Samples + 1)), pause);
        Restore(Value + (weight * (sample - Value)), Math.Min(Samples, int.MaxValue - 1) + 1, now);
    }

    public void Restore(double value, int samples, DateTimeOffset at) => (Value, Samples, At) = (value, samples, at);
}
