namespace CocoonP2P.Capacity;

/// <summary>A count that forgets: half of it is gone after each half-life.</summary>
internal sealed class DecayingCount(TimeSpan halfLife)
{
    /// <summary>As it was at <see cref="At"/>.</summary>
    public double Value { get; private set; }

    public DateTimeOffset At { get; private set; }

    public double Read(DateTimeOffset now) => Value * Decay(now - At);

    public void Add(double amount, DateTimeOffset now) => Set(Read(now) + amount, now);

    public void Set(double value, DateTimeOffset now) => (Value, At) = (value, now);

    private double Decay(TimeSpan age) => age <= TimeSpan.Zero ? 1 : Math.Pow(0.5, age / halfLife);
}
