using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>Callers that wait for a channel to reach something: a job's go, a chunk's go, a state.</summary>
internal sealed class Waiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Bits256, TaskCompletionSource<ulong>> _jobs = [];
    private readonly Dictionary<ulong, TaskCompletionSource> _chunks = [];
    private readonly List<(Func<ChannelState, bool> Reached, TaskCompletionSource Done)> _states = [];

    public Task<ulong> JobAsync(Bits256 jobHash)
    {
        TaskCompletionSource<ulong> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            return _jobs.TryAdd(jobHash, done) ? done.Task : throw new InvalidOperationException("this job waits already");
        }
    }

    /// <summary>Nobody waits for this job any more.</summary>
    public void Forget(Bits256 jobHash)
    {
        lock (_gate)
        {
            _jobs.Remove(jobHash);
        }
    }

    public Task ChunkAsync(ulong jobId)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            return _chunks.TryAdd(jobId, done) ? done.Task : throw new InvalidOperationException("a chunk of this job waits already");
        }
    }

    public Task StateAsync(Func<ChannelState, bool> reached)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _states.Add((reached, done));
        }

        return done.Task;
    }

    public void Told(ChannelEffect effect)
    {
        lock (_gate)
        {
            switch (effect)
            {
                case ChannelEffect.JobGo go when _jobs.Remove(go.JobHash, out TaskCompletionSource<ulong>? job):
                    job.SetResult(go.JobId);
                    break;
                case ChannelEffect.ChunkGo go when _chunks.Remove(go.JobId, out TaskCompletionSource? chunk):
                    chunk.SetResult();
                    break;
                case ChannelEffect.JobStop stop:
                    Stop(stop);
                    break;
            }
        }
    }

    /// <summary>After a step: whoever waits for what this state has, or for what it can no longer have.</summary>
    public void Stepped(ChannelState state)
    {
        lock (_gate)
        {
            foreach ((ulong id, TaskCompletionSource done) in _chunks.ToArray())
            {
                if (!state.Jobs.TryGetValue(id, out JobMeter? job) || job.Ended)
                {
                    _chunks.Remove(id);
                    done.SetException(new PaymentException(PaymentCode.Closed));
                }
            }

            for (int at = _states.Count - 1; at >= 0; at--)
            {
                if (_states[at].Reached(state))
                {
                    _states[at].Done.SetResult();
                    _states.RemoveAt(at);
                }
            }
        }
    }

    /// <summary>The channel's engine ended; nobody will be told anything more.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            foreach (TaskCompletionSource<ulong> job in _jobs.Values)
            {
                job.TrySetCanceled();
            }

            foreach (TaskCompletionSource done in _chunks.Values.Concat(_states.Select(state => state.Done)))
            {
                done.TrySetCanceled();
            }
        }
    }

    private void Stop(ChannelEffect.JobStop stop)
    {
        if (_jobs.Remove(stop.JobHash, out TaskCompletionSource<ulong>? job))
        {
            job.SetException(new PaymentException(stop.Code));
        }

        if (_chunks.Remove(stop.JobId, out TaskCompletionSource? chunk))
        {
            chunk.SetException(new PaymentException(stop.Code));
        }
    }
}
