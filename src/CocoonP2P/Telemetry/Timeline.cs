using System.Threading.Channels;

namespace CocoonP2P.Telemetry;

/// <summary>Something a person may want to watch happen. Ids, sizes, amounts and times; never contents.</summary>
/// <param name="At">By this node's clock.</param>
/// <param name="Step">Stable name, such as "session-open".</param>
/// <param name="Job">The job it belongs to; empty for none.</param>
/// <param name="Facts">Name and value pairs.</param>
internal sealed record TimelineStep(DateTimeOffset At, string Step, string Job, IReadOnlyList<KeyValuePair<string, string>> Facts);

/// <summary>Tells every watcher each step as it happens, and remembers the steps of the last jobs.</summary>
internal sealed class Timeline(TimeProvider time)
{
    /// <summary>Jobs whose steps are kept: a page of them, and 2 MiB at most.</summary>
    private const int JobsKept = 256;

    /// <summary>Steps of one job: the longest answer in chunks of a token a step would be 32,768, and nobody reads those.</summary>
    private const int StepsKept = 64;

    /// <summary>Steps that wait for a slow watcher before the oldest goes.</summary>
    private const int WatcherBacklog = 1024;

    private readonly Lock _gate = new();
    private readonly List<Channel<TimelineStep>> _watchers = [];
    private readonly Dictionary<string, List<TimelineStep>> _jobs = [];
    private readonly Queue<string> _order = [];

    public void Add(string step, string job = "", params ReadOnlySpan<(string Name, string Value)> facts)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach ((string name, string value) in facts)
        {
            pairs.Add(new(name, value));
        }

        TimelineStep added = new(time.GetUtcNow(), step, job, pairs);
        lock (_gate)
        {
            if (job.Length > 0)
            {
                Remember(added);
            }

            foreach (Channel<TimelineStep> watcher in _watchers)
            {
                watcher.Writer.TryWrite(added);
            }
        }
    }

    /// <summary>The steps of one job, oldest first; empty for one that is unknown or forgotten.</summary>
    public IReadOnlyList<TimelineStep> Of(string job)
    {
        lock (_gate)
        {
            return _jobs.TryGetValue(job, out List<TimelineStep>? steps) ? [.. steps] : [];
        }
    }

    /// <summary>Every step from now on, until cancelled.</summary>
    public async IAsyncEnumerable<TimelineStep> WatchAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<TimelineStep> channel = Channel.CreateBounded<TimelineStep>(
            new BoundedChannelOptions(WatcherBacklog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            _watchers.Add(channel);
        }

        try
        {
            await foreach (TimelineStep step in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return step;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        }
    }

    private void Remember(TimelineStep step)
    {
        if (!_jobs.TryGetValue(step.Job, out List<TimelineStep>? steps))
        {
            if (_order.Count == JobsKept)
            {
                _jobs.Remove(_order.Dequeue());
            }

            _order.Enqueue(step.Job);
            _jobs[step.Job] = steps = [];
        }

        if (steps.Count < StepsKept)
        {
            steps.Add(step);
        }
    }
}
