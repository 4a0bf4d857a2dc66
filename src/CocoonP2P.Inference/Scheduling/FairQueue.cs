using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Inference.Scheduling;

/// <summary>Waiting jobs, by deficit round robin over tenants (Shreedhar and Varghese, 1995); first come, first served within one.</summary>
/// <remarks>A job costs the tokens that it may use, so a tenant with long jobs gets fewer of them.</remarks>
internal sealed class FairQueue
{
    /// <summary>Tokens that a tenant may use more, each time its turn comes.</summary>
    public const int Quantum = 512;

    private readonly LinkedList<Lane> _lanes = [];

    public int Count => _lanes.Sum(l => l.Jobs.Count);

    public void Enqueue(IStepJob job)
    {
        Lane? lane = _lanes.FirstOrDefault(l => l.Tenant == job.Tenant);
        if (lane is null)
        {
            lane = new Lane(job.Tenant);
            _lanes.AddLast(lane);
        }

        lane.Jobs.AddLast(job);
    }

    /// <summary>The job whose turn it is. It stays until it is removed, and asking again gives the same one.</summary>
    public bool TryPeek([NotNullWhen(true)] out IStepJob? job)
    {
        job = null;
        if (_lanes.First is null)
        {
            return false;
        }

        while (true)
        {
            Lane lane = _lanes.First.Value;
            job = lane.Jobs.First!.Value;
            if (!lane.HasTurn)
            {
                (lane.HasTurn, lane.Deficit) = (true, lane.Deficit + Quantum);
            }

            if (lane.Deficit >= Cost(job))
            {
                return true;
            }

            lane.HasTurn = false;
            _lanes.RemoveFirst();
            _lanes.AddLast(lane);
        }
    }

    /// <summary>Takes the job that <see cref="TryPeek"/> gave, and charges its tenant.</summary>
    public void Take(IStepJob job)
    {
        Lane lane = _lanes.First!.Value;
        Invariant.Holds(ReferenceEquals(lane.Jobs.First!.Value, job), "the job taken is the job whose turn it is");
        lane.Deficit -= Cost(job);
        Remove(lane, job);
    }

    /// <summary>Takes a job out wherever it stands; false if it is not here.</summary>
    public bool TryRemove(IStepJob job)
    {
        Lane? lane = _lanes.FirstOrDefault(l => l.Jobs.Contains(job));
        if (lane is null)
        {
            return false;
        }

        Remove(lane, job);
        return true;
    }

    private void Remove(Lane lane, IStepJob job)
    {
        lane.Jobs.Remove(job);
        if (lane.Jobs.Count == 0)
        {
            // A tenant without jobs keeps no credit.
            _lanes.Remove(lane);
        }
    }

    private static long Cost(IStepJob job) => (long)job.PromptTokens + job.MaxTokens;

    private sealed class Lane(string tenant)
    {
        public string Tenant => tenant;

        public LinkedList<IStepJob> Jobs { get; } = [];

        public long Deficit { get; set; }

        /// <summary>Its turn came and gave it a quantum; it lasts until a job costs more than is left.</summary>
        public bool HasTurn { get; set; }
    }
}
