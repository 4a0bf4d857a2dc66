using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Capacity.Simulation;

/// <summary>How a job ended.</summary>
/// <param name="Job">The job.</param>
/// <param name="Worker">Who answered; null where nobody did.</param>
/// <param name="FirstToken">Seconds from its arrival to the first token.</param>
/// <param name="Cost">Nanoton.</param>
/// <param name="Cheapest">What it would have cost at the cheapest worker that was free when it was placed and would have been in time.</param>
internal sealed record SimResult(SimJob Job, SimWorker? Worker, double FirstToken, double Cost, double Cheapest);

/// <summary>A client's day in virtual time: jobs come, a rule places them, workers answer as they are, offers lag behind.</summary>
/// <param name="workers">Who answers.</param>
/// <param name="chooser">The rule.</param>
/// <param name="seed">Of the workers' luck.</param>
/// <param name="attempts">Workers that a job is given to, one after the other.</param>
internal sealed class SimRun(IReadOnlyList<SimWorker> workers, IChooser chooser, int seed, int attempts = 3)
{
    private const double OfferLag = 0.3;
    private const double OfferRepeat = 10;
    private const double Patience = 10;

    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private readonly Random _random = new(seed);
    private readonly List<SimResult> _results = [];
    private readonly List<(double At, SimWorker Worker)> _placements = [];
    private readonly HashSet<SimWorker> _changed = [];
    private double _now;
    private long _order;

    private DateTimeOffset Time => OfferSamples.Now.AddSeconds(_now);

    /// <summary>Every attempt, by time.</summary>
    public IReadOnlyList<(double At, SimWorker Worker)> Placements => _placements;

    /// <summary>The part of the attempts between two moments that went to a worker.</summary>
    public double Share(Func<SimWorker, bool> whom, double from, double to)
    {
        List<SimWorker> placed = [.. _placements.Where(p => p.At >= from && p.At < to).Select(p => p.Worker)];
        return placed.Count(whom) / (double)Math.Max(1, placed.Count);
    }

    /// <summary>Runs until the last job has ended.</summary>
    /// <param name="jobs">By arrival.</param>
    /// <param name="changes">What happens to workers, and when.</param>
    public IReadOnlyList<SimResult> Run(IReadOnlyList<SimJob> jobs, params (double At, Action What)[] changes)
    {
        foreach (SimWorker worker in workers)
        {
            worker.Announce(Time);
        }

        foreach ((double at, Action what) in changes)
        {
            At(at, what);
        }

        foreach (SimJob job in jobs)
        {
            At(job.At, () => Place(job, [], 0));
        }

        for (double at = OfferRepeat; at < jobs[^1].At; at += OfferRepeat)
        {
            At(at, () => { foreach (SimWorker worker in workers) { worker.Announce(Time); } });
        }

        while (_events.TryDequeue(out Action? next, out (double At, long Order) when))
        {
            _now = when.At;
            next();
        }

        return _results;
    }

    private void At(double seconds, Action what) => _events.Enqueue(what, (seconds, _order++));

    private void Place(SimJob job, HashSet<PeerId> tried, int attempt)
    {
        if (attempt < attempts && chooser.Choose(job, tried, Time) is SimWorker worker)
        {
            Begin(job, tried, attempt, worker);
        }
        else if (attempt < attempts && tried.Count == 0 && _now - job.At < Patience)
        {
            At(_now + 0.1, () => Place(job, tried, attempt));
        }
        else
        {
            _results.Add(new SimResult(job, null, double.PositiveInfinity, 0, double.NaN));
        }
    }

    private void Begin(SimJob job, HashSet<PeerId> tried, int attempt, SimWorker worker)
    {
        double cheapest = OracleChooser.Cheapest(workers, job);
        object run = chooser.Started(worker, Time);
        worker.Jobs++;
        _placements.Add((_now, worker));
        bool faulty = _random.NextDouble() < worker.Faults;
        if (faulty || (worker.Running >= worker.Slots && !worker.HidesQueue))
        {
            At(_now + (faulty ? 0.005 : 0.02), () =>
            {
                chooser.Ended(run, faulty ? FailureKind.Refused : FailureKind.Busy, Time);
                tried.Add(worker.Peer);
                Place(job, tried, attempt + 1);
            });
            return;
        }

        worker.Running++;
        Changed(worker);
        double start = worker.Ends.Count < worker.Slots ? _now : Math.Max(_now, worker.Ends.Dequeue());
        double first = start + (worker.FirstToken * (0.8 + (0.4 * _random.NextDouble())));
        double end = first + (worker.TokenTime * (job.Tokens - 1));
        worker.Ends.Enqueue(end, end);
        At(first, () => chooser.Received(run, 1, Time));
        At(end, () =>
        {
            worker.Running--;
            Changed(worker);
            chooser.Received(run, job.Tokens - 1, Time);
            chooser.Ended(run, null, Time);
            _results.Add(new SimResult(job, worker, first - job.At, worker.Cost(job), cheapest));
        });
    }

    private void Changed(SimWorker worker)
    {
        if (_changed.Add(worker))
        {
            At(_now + OfferLag, () =>
            {
                _changed.Remove(worker);
                worker.Announce(Time);
            });
        }
    }
}
