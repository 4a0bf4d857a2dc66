namespace CocoonP2P.Capacity;

/// <summary>What this node has learnt of one model at one worker. Times come from finished answers alone: to fail fast is not to be fast.</summary>
internal sealed class ModelRecord
{
    /// <summary>What happened ten half-lives ago weighs a thousandth.</summary>
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(2);

    /// <summary>Finished answers in this record's life.</summary>
    public int Finished { get; set; }

    public DateTimeOffset LastFinished { get; set; }

    public DecayingCount Successes { get; } = new(HalfLife);

    public DecayingCount Failures { get; } = new(HalfLife);

    /// <summary>Seconds from request to first token.</summary>
    public RunningMean FirstToken { get; } = new();

    /// <summary>Seconds for each token after the first.</summary>
    public RunningMean TokenTime { get; } = new();

    /// <summary>Seconds of the longest silence in an answer.</summary>
    public RunningMean Gap { get; } = new();

    public Backoff Backoff { get; } = new();

    /// <summary>Not kept over a restart, like all that follows.</summary>
    public SlotLimit Slots { get; } = new();

    public List<Flight> Flights { get; } = [];

    /// <summary>The offer that was last seen, when, and how many jobs of this node ran then.</summary>
    public (ulong Sequence, DateTimeOffset At, int Flights) Offer { get; private set; }

    public void See(ulong sequence, DateTimeOffset now)
    {
        if (Offer.Sequence != sequence)
        {
            Offer = (sequence, now, Flights.Count);
        }
    }

    /// <summary>Chance that a job ends well, by what happened lately; 1 where nothing did.</summary>
    public double Success(DateTimeOffset now)
    {
        double failures = Failures.Read(now);
        double good = Successes.Read(now) + 1;
        return good / (good + failures);
    }

    /// <summary>The longest that a job is waiting for its first token right now, in seconds: it cannot be faster than that.</summary>
    public double WaitingSeconds(DateTimeOffset now)
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (Flight flight in Flights)
        {
            TimeSpan waiting = flight.Waiting(now);
            longest = waiting > longest ? waiting : longest;
        }

        return longest.TotalSeconds;
    }
}
