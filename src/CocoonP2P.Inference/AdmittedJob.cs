using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Inference;

/// <summary>A place in a model's queue that was taken and is either run once or given back: what an admission's handle is.</summary>
internal sealed class AdmittedJob : IDisposable
{
    /// <summary>A job waits two minutes for its money; one more, so that this clock is never the first to strike.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    private const int Admitted = 0, Running = 1, Released = 2;

    private readonly TimeProvider _time;
    private readonly ITimer _expiry;
    private long? _startedAt;
    private int _state;

    public AdmittedJob(LoadedModel model, GenerationJob job, TimeProvider time)
    {
        (Model, Job, _time) = (model, job, time);
        _expiry = time.CreateTimer(_ => Release(Admitted), null, Lifetime, Timeout.InfiniteTimeSpan);
    }

    public LoadedModel Model { get; }

    public GenerationJob Job { get; }

    /// <summary>Claims the run; false if it was run, given back or expired.</summary>
    public bool TryStart()
    {
        if (Interlocked.CompareExchange(ref _state, Running, Admitted) != Admitted)
        {
            return false;
        }

        _startedAt = _time.GetTimestamp();
        return true;
    }

    /// <summary>The run is over.</summary>
    public void Finish() => Release(Running);

    /// <summary>Gives the place back if the job was not run.</summary>
    public void Dispose() => Release(Admitted);

    private void Release(int from)
    {
        if (Interlocked.CompareExchange(ref _state, Released, from) == from)
        {
            _expiry.Dispose();
            Model.Gate.Leave(Job.Tenant, _startedAt);
            Job.Wipe();
        }
    }
}
