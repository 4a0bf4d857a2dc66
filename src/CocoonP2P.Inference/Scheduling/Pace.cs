namespace CocoonP2P.Inference.Scheduling;

/// <summary>How fast one model's jobs went lately. Safe from several threads.</summary>
internal sealed class Pace
{
    // Fewer tell more about the start of a job than about its pace.
    private const int FewestTokens = 8;

    private readonly Lock _gate = new();
    private double _tokensPerSecond;
    private TimeSpan _held = TimeSpan.FromSeconds(5);

    /// <summary>What one job got, in tokens a second; 0 before the first.</summary>
    public int TokensPerSecond
    {
        get
        {
            lock (_gate)
            {
                return (int)Math.Min(_tokensPerSecond, int.MaxValue);
            }
        }
    }

    /// <summary>How long a job holds its slot; before the first, a guess.</summary>
    public TimeSpan Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>A job has ended.</summary>
    /// <param name="tokens">It generated, the first not counted.</param>
    /// <param name="generating">Since its first.</param>
    /// <param name="held">Since it got its slot.</param>
    public void Ended(int tokens, TimeSpan generating, TimeSpan held)
    {
        lock (_gate)
        {
            _held = ((_held * 3) + held) / 4;
            if (tokens >= FewestTokens && generating > TimeSpan.Zero)
            {
                double pace = tokens / generating.TotalSeconds;
                _tokensPerSecond = _tokensPerSecond == 0 ? pace : ((_tokensPerSecond * 3) + pace) / 4;
            }
        }
    }
}
