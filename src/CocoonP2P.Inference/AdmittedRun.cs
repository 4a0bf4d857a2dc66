namespace CocoonP2P.Inference;

/// <summary>A place that was taken and is either run once or given back: what an admission's handle is.</summary>
internal abstract class AdmittedRun : IDisposable
{
    /// <summary>A job waits two minutes for its money; one more, so that this clock is never the first to strike.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    private const int Admitted = 0, Running = 1, Released = 2;

    private readonly ITimer _expiry;
    private int _state;

    protected AdmittedRun(TimeProvider time) =>
        (Time, _expiry) = (time, time.CreateTimer(_ => Release(Admitted), null, Lifetime, Timeout.InfiniteTimeSpan));

    protected TimeProvider Time { get; }

    /// <summary>Claims the run; false if it was run, given back or expired.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Running, Admitted) == Admitted;

    /// <summary>Runs what was claimed, and gives the place back at the end, whoever leaves first.</summary>
    public abstract IAsyncEnumerable<JobEvent> RunAsync(CancellationToken cancellationToken);

    /// <summary>Gives the place back if the job was not run.</summary>
    public void Dispose() => Release(Admitted);

    /// <summary>The run is over.</summary>
    protected void Finish() => Release(Running);

    /// <summary>Gives the place back and wipes what the job had.</summary>
    protected abstract void Leave();

    private void Release(int from)
    {
        if (Interlocked.CompareExchange(ref _state, Released, from) == from)
        {
            _expiry.Dispose();
            Leave();
        }
    }
}
