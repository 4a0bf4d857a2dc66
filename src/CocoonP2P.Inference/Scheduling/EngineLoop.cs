using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Models;

namespace CocoonP2P.Inference.Scheduling;

/// <summary>The one thread that runs a model: carries out what <see cref="StepMachine"/> decides.</summary>
internal sealed class EngineLoop : IAsyncDisposable
{
    /// <summary>A step of the largest models takes a second on a slow machine; thirty times that is a hang.</summary>
    public static readonly TimeSpan StepDeadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(5);

    private readonly IStepRunner _runner;
    private readonly StepMachine _machine;
    private readonly Sampler _sampler;
    private readonly TimeProvider _time;
    private readonly bool[] _isEnd;
    private readonly GenerationJob?[] _jobs;
    private readonly int[] _ids;
    private readonly int[] _positions;
    private readonly RowOutcome[] _outcomes;
    private readonly Lock _gate = new();
    private readonly Queue<(GenerationJob Job, bool Cancel)> _inbox = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _watch;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _closed;
    private long _stepStarted;

    /// <param name="runner">Taken over.</param>
    /// <param name="manifest">Of its model.</param>
    /// <param name="slots">Of the runner.</param>
    /// <param name="time">For durations and the watch.</param>
    public EngineLoop(IStepRunner runner, ModelManifest manifest, int slots, TimeProvider time)
    {
        (_runner, _time, _machine) = (runner, time, new StepMachine(slots, runner.Kv.Capacity));
        _sampler = new Sampler(manifest.Llm.Vocabulary);
        _isEnd = new bool[manifest.Llm.Vocabulary];
        foreach (int id in manifest.Llm.EndTokens)
        {
            _isEnd[id] = true;
        }

        _jobs = new GenerationJob?[slots];
        (_ids, _positions, _outcomes) = (new int[slots], new int[slots], new RowOutcome[slots]);
        _watch = time.CreateTimer(_ => Watch(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "inference" };
    }

    /// <summary>How fast its jobs go.</summary>
    public Pace Pace { get; } = new();

    /// <summary>Begins to work.</summary>
    /// <param name="budget">Tokens that all slots may hold together.</param>
    public void Start(long budget)
    {
        _machine.Budget = budget;
        _watch.Change(WatchInterval, WatchInterval);
        _thread.Start();
    }

    public void Submit(GenerationJob job) => Post(job, cancel: false);

    /// <summary>Drops a job; it is over within a step.</summary>
    public void Cancel(GenerationJob job) => Post(job, cancel: true);

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        _stopping = true;
        _runner.Terminate();
        _wake.Set();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            EndAll();
        }
        else
        {
            await _stopped.Task;
        }

        _wake.Dispose();
        _runner.Dispose();
    }

    private void Post(GenerationJob job, bool cancel)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _inbox.Enqueue((job, cancel));
                _wake.Set();
                return;
            }
        }

        // The thread is gone, and ended every job that it knew.
        if (!cancel)
        {
            job.Finish(JobEnd.Cancelled);
        }
    }

    private bool TryTake([NotNullWhen(true)] out GenerationJob? job, out bool cancel)
    {
        lock (_gate)
        {
            _inbox.TryDequeue(out (GenerationJob Job, bool Cancel) item);
            (job, cancel) = item;
            return job is not null;
        }
    }

    private void Run()
    {
        // No catch: a failure that is not a failed step is a bug, and the process must not go on with half a scheduler.
        while (!_stopping)
        {
            ReadInbox();
            StepPlan plan = _machine.Next(_time.GetElapsedTime(0));
            CarryOut();
            if (plan.Kind == StepKind.Idle)
            {
                _wake.WaitOne();
            }
            else
            {
                Step(plan);
                CarryOut();
            }
        }

        EndAll();
        _stopped.SetResult();
    }

    private void Step(StepPlan plan)
    {
        long start = _time.GetTimestamp();
        Volatile.Write(ref _stepStarted, start);
        try
        {
            if (plan.Kind == StepKind.Decode)
            {
                Decode(plan);
            }
            else
            {
                Prefill(plan, start);
            }
        }
        catch (StepFailedException e)
        {
            _machine.Failed(plan, e.Code);
        }
        finally
        {
            Volatile.Write(ref _stepStarted, 0);
        }
    }

    private void Decode(StepPlan plan)
    {
        for (int row = 0; row < plan.Rows; row++)
        {
            _ids[row] = _jobs[plan.Slot + row]!.LastToken;
            _positions[row] = _machine.Slot(plan.Slot + row).Tokens;
        }

        _runner.Decode(plan.Slot, _ids.AsSpan(0, plan.Rows), _positions.AsSpan(0, plan.Rows));
        for (int row = 0; row < plan.Rows; row++)
        {
            _outcomes[row] = Sample(_jobs[plan.Slot + row]!, _runner.Logits(row));
        }

        _machine.DecodeDone(plan, _outcomes.AsSpan(0, plan.Rows));
    }

    private void Prefill(StepPlan plan, long start)
    {
        GenerationJob job = _jobs[plan.Slot]!;
        ReadOnlySpan<float> logits = _runner.Prefill(plan.Slot, plan.Start, job.Prompt.Slice(plan.Start, plan.Tokens), plan.Bucket);
        TimeSpan took = _time.GetElapsedTime(start);
        _machine.PrefillDone(plan, _machine.IsLast(plan) ? Sample(job, logits) : RowOutcome.Continue, took);
    }

    private RowOutcome Sample(GenerationJob job, ReadOnlySpan<float> logits)
    {
        if (!job.TryReplay(out int id))
        {
            id = _sampler.Sample(
                logits, job.Sampling, job.Counts, job.PromptTokens + job.Count, job.Grammar is { } grammar ? grammar.Allowed() : default);
            if (id == Sampler.BadLogits)
            {
                return RowOutcome.BadLogits;
            }

            job.FirstAt = job.FirstAt == 0 ? _time.GetTimestamp() : job.FirstAt;
            job.Logprobs?.Write(job.Count, logits, id);
        }

        bool stopped = job.Add(id);
        return stopped || _isEnd[id] ? RowOutcome.Stop : RowOutcome.Continue;
    }

    private void ReadInbox()
    {
        while (TryTake(out GenerationJob? job, out bool cancel))
        {
            if (cancel)
            {
                _machine.Cancel(job);
            }
            else
            {
                _machine.Submit(job);
            }

            CarryOut();
        }
    }

    private void CarryOut()
    {
        for (int i = 0; i < _machine.Effects.Count; i++)
        {
            SlotEffect effect = _machine.Effects[i];
            switch (effect.Kind)
            {
                case SlotEffectKind.Start:
                    _jobs[effect.Slot] = (GenerationJob)effect.Job!;
                    _jobs[effect.Slot]!.Started(_time.GetTimestamp());
                    break;
                case SlotEffectKind.Wipe:
                    _runner.Kv.Wipe(effect.Slot, effect.Tokens);
                    _jobs[effect.Slot] = null;
                    break;
                case SlotEffectKind.Copy:
                    _runner.Kv.Copy(effect.Slot, effect.To, effect.Tokens);
                    _jobs[effect.To] = _jobs[effect.Slot];
                    break;
                case SlotEffectKind.Swap:
                    _runner.Kv.Swap(effect.Slot, effect.To, effect.Tokens);
                    (_jobs[effect.Slot], _jobs[effect.To]) = (_jobs[effect.To], _jobs[effect.Slot]);
                    break;
                default:
                    _runner.Wipe();
                    _sampler.Wipe();
                    Finish((GenerationJob)effect.Job!, effect.End);
                    break;
            }
        }
    }

    private void Finish(GenerationJob job, JobEnd end)
    {
        if (job.HasStarted)
        {
            TimeSpan generating = job.FirstAt == 0 ? TimeSpan.Zero : _time.GetElapsedTime(job.FirstAt);
            Pace.Ended(job.Count - job.Replayed - 1, generating, _time.GetElapsedTime(job.StartedAt));
        }

        job.Finish(end);
    }

    private void EndAll()
    {
        lock (_gate)
        {
            _closed = true;
        }

        ReadInbox();
        foreach (GenerationJob job in _jobs.OfType<GenerationJob>().ToArray())
        {
            _machine.Cancel(job);
            CarryOut();
        }

        while (_machine.TryTakeWaiting(out IStepJob? waiting))
        {
            ((GenerationJob)waiting).Finish(JobEnd.Cancelled);
        }
    }

    private void Watch()
    {
        long started = Volatile.Read(ref _stepStarted);
        if (started != 0 && _time.GetElapsedTime(started) > StepDeadline)
        {
            _runner.Terminate();
        }
    }
}
