using System.Collections.Immutable;
using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Jobs;

/// <summary>Gives each attempt a worker, and lets those wait in a fair order for whom there is none at the moment.</summary>
internal sealed class PlaceDesk(MarketKeeper market, TimeProvider time)
{
    /// <summary>Orders that may wait: with their prompts a few hundred MiB at worst, and minutes of everybody's slots.</summary>
    private const int MaxWaiting = 4096;

    /// <summary>Slots also fall free without this node's doing: by other clients' jobs, by new offers.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Orders of one model that are looked at before its workers count as taken: a picky one must not hold up the next.</summary>
    private const int Looks = 8;

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = [];

    /// <summary>Orders that wait for a slot.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>How long this worker's stream may be silent before it counts as dead.</summary>
    public TimeSpan StallBoundOf(Choice choice) => market.StallBoundOf(choice.Candidate.Offer.Worker, choice.Candidate.Model.Id);

    /// <summary>When a second worker should be asked for a first token; null while too little is known.</summary>
    public TimeSpan? HedgeAfter(ReadOnlyMemory<byte> model) => market.HedgeAfter(model);

    /// <summary>A worker that is free now, or null.</summary>
    public Place? TryTake(MarketJob job, ImmutableHashSet<PeerId> excluded)
    {
        lock (_gate)
        {
            return market.Choose(job, excluded) is Choice choice ? new Place(choice, market.Begin(choice), Pump) : null;
        }
    }

    /// <summary>A worker, at once or after a wait for its turn.</summary>
    /// <param name="wanted">Who asks.</param>
    /// <param name="patience">How long it may wait for a slot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CocoonException">Nobody will take it in that time.</exception>
    public async Task<Place> TakeAsync(PlaceWanted wanted, TimeSpan patience, CancellationToken cancellationToken)
    {
        Waiter waiter = new(wanted);
        Join(waiter);
        long started = time.GetTimestamp();
        try
        {
            while (true)
            {
                Pump();
                if (waiter.TryTake() is Place place)
                {
                    return place;
                }

                Refuse(waiter, patience - time.GetElapsedTime(started), time.GetElapsedTime(started));
                await Task.WhenAny(waiter.Found, Task.Delay(Look, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            Leave(waiter);
        }
    }

    private void Join(Waiter waiter)
    {
        lock (_gate)
        {
            if (_waiting.Count >= MaxWaiting)
            {
                throw new CocoonException(ErrorCode.Busy, $"{MaxWaiting} orders wait already", "retry later") { RetryAfter = RetryEstimate.Longest };
            }

            _waiting.AddLast(waiter);
        }
    }

    /// <summary>Gives what is free to those whose turn it is.</summary>
    private void Pump()
    {
        lock (_gate)
        {
            Dictionary<string, int> inVain = [];
            for (LinkedListNode<Waiter>? node = _waiting.First; node is not null;)
            {
                (LinkedListNode<Waiter> at, node) = (node, node.Next);
                PlaceWanted wanted = at.Value.Wanted;
                if (inVain.GetValueOrDefault(wanted.Model) >= Looks)
                {
                    continue;
                }

                if (TryTake(wanted.Job, wanted.Excluded) is Place place)
                {
                    _waiting.Remove(at);
                    at.Value.Give(place);
                }
                else
                {
                    inVain[wanted.Model] = inVain.GetValueOrDefault(wanted.Model) + 1;
                }
            }
        }
    }

    /// <summary>Throws where waiting on is no use: no worker is left, or none falls free in time.</summary>
    private void Refuse(Waiter waiter, TimeSpan patience, TimeSpan waited)
    {
        PlaceWanted wanted = waiter.Wanted;
        Obstacle? obstacle = market.ObstacleOf(wanted.Job);
        TimeSpan? free = market.RetryAfter(wanted.Job, wanted.Excluded, Ahead(waiter));
        if (obstacle is null && free is null)
        {
            throw NoPlace.Nobody($"no other worker offers {wanted.Model}", "wait for one, or look at GET /status.json: peers and offers");
        }

        bool arriving = obstacle is { Code: WhyNotCode.NoOffer or WhyNotCode.WrongModel } && waited < ClientSettings.OfferWait;
        if (!arriving && (obstacle is not null || free > patience))
        {
            throw NoPlace.Explain(obstacle, free, wanted.Job, wanted.Model);
        }
    }

    private int Ahead(Waiter waiter)
    {
        lock (_gate)
        {
            return _waiting.TakeWhile(other => other != waiter).Count();
        }
    }

    private void Leave(Waiter waiter)
    {
        lock (_gate)
        {
            _waiting.Remove(waiter);
        }

        // Found in the moment of giving up.
        waiter.TryTake()?.Dispose();
    }

    private sealed class Waiter(PlaceWanted wanted)
    {
        private readonly TaskCompletionSource _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Place? _place;

        public PlaceWanted Wanted => wanted;

        public Task Found => _found.Task;

        public void Give(Place place)
        {
            _place = place;
            _found.SetResult();
        }

        /// <summary>What was given, once.</summary>
        public Place? TryTake() => Interlocked.Exchange(ref _place, null);
    }
}

/// <summary>An attempt that wants a worker.</summary>
/// <param name="Job">What it needs.</param>
/// <param name="Model">Its model's name.</param>
/// <param name="Tenant">Whom fairness counts it to.</param>
/// <param name="Excluded">Workers that had their try.</param>
internal sealed record PlaceWanted(MarketJob Job, string Model, string Tenant, ImmutableHashSet<PeerId> Excluded);
