namespace CocoonP2P.Ton;

/// <summary>Leaves an endpoint alone that failed several times in a row, and then lets calls try it again.</summary>
internal sealed class CircuitBreaker
{
    /// <summary>Failures in a row that open the circuit: more than one call's attempts.</summary>
    public const int Threshold = 8;

    /// <summary>How long it stays open: well under the time in which a node must react on chain.</summary>
    public static readonly TimeSpan Cooldown = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private int failures;
    private TimeSpan openUntil = TimeSpan.MinValue;

    public bool IsOpen(TimeSpan now)
    {
        lock (gate)
        {
            return now < openUntil;
        }
    }

    public void Succeeded()
    {
        lock (gate)
        {
            failures = 0;
        }
    }

    public void Failed(TimeSpan now)
    {
        lock (gate)
        {
            failures++;
            if (failures >= Threshold)
            {
                openUntil = now + Cooldown;
                failures = 0;
            }
        }
    }
}
