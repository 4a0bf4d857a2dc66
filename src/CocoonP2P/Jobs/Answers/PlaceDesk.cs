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

    /// <summary>Who has just come looks more often: their offers or slots may be on their way.</summary>
    private static readonly TimeSpan SoonLook = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WaitingRoom> _rooms = [];
    private long _pumped;

    /// <summary>Orders that wait for a slot.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _rooms.Values.Sum(room => room.Count);
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
            return market.Choose(job, excluded) is Choice choice ? new Place(choice, market.Begin(choice), Freed) : null;
        }
    }

    /// <summary>A worker, at once or after a wait for its turn.</summary>
    /// <param name="wanted">Who asks.</param>
    /// <param name="patience">How long it may wait for a slot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CocoonException">Nobody will take it in that time.</exception>
    public async Task<Place> TakeAsync(PlaceWanted wanted, TimeSpan patience, CancellationToken cancellationToken)
    {
        PlaceWaiter waiter = Join(wanted);
        long started = time.GetTimestamp();
        try
        {
            Pump();
            while (true)
            {
                if (waiter.TryTake() is Place place)
                {
                    return place;
                }

                TimeSpan waited = time.GetElapsedTime(started);
                Refuse(waiter, patience - waited, waited);
                await Task.WhenAny(waiter.Found, Task.Delay(waited < Look ? SoonLook : Look, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
                PumpIfDue();
            }
        }
        finally
        {
            Leave(waiter);
        }
    }

    private PlaceWaiter Join(PlaceWanted wanted)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(wanted.Model, out WaitingRoom? room))
            {
                _rooms[wanted.Model] = room = new WaitingRoom();
            }

            return _rooms.Values.Sum(r => r.Count) < MaxWaiting
                ? room.Join(wanted)
                : throw new CocoonException(ErrorCode.Busy, $"{MaxWaiting} orders wait already", "retry later") { RetryAfter = RetryEstimate.Longest };
        }
    }

    /// <summary>A slot fell free here.</summary>
    private void Freed() => Pump();

    /// <summary>Those that wait look now and then; that many do is no reason to look more often.</summary>
    private void PumpIfDue()
    {
        if (time.GetElapsedTime(Volatile.Read(ref _pumped)) >= SoonLook)
        {
            Pump();
        }
    }

    /// <summary>Gives what is free to those whose turn it is.</summary>
    private void Pump()
    {
        lock (_gate)
        {
            Volatile.Write(ref _pumped, time.GetTimestamp());
            foreach (WaitingRoom room in _rooms.Values)
            {
                room.Serve(waiter =>
                {
                    if (TryTake(waiter.Wanted.Job, waiter.Wanted.Excluded) is not Place place)
                    {
                        return false;
                    }

                    waiter.Give(place);
                    return true;
                });
            }
        }
    }

    /// <summary>Throws where waiting on is no use: no worker is left, or none falls free in time.</summary>
    private void Refuse(PlaceWaiter waiter, TimeSpan patience, TimeSpan waited)
    {
        PlaceWanted wanted = waiter.Wanted;
        Obstacle? obstacle = market.ObstacleOf(wanted.Job);
        int ahead;
        lock (_gate)
        {
            ahead = waiter.Room.Ahead(waiter);
        }

        TimeSpan? free = market.RetryAfter(wanted.Job, wanted.Excluded, ahead);
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

    private void Leave(PlaceWaiter waiter)
    {
        lock (_gate)
        {
            waiter.Room.Leave(waiter);
            if (waiter.Room.Count == 0)
            {
                // One that is made anew counts anew who is ahead; nobody is in it.
                _rooms.Remove(waiter.Wanted.Model);
            }
        }

        // Found in the moment of giving up.
        waiter.TryTake()?.Dispose();
    }
}

/// <summary>An attempt that wants a worker.</summary>
/// <param name="Job">What it needs.</param>
/// <param name="Model">Its model's name.</param>
/// <param name="Tenant">Whom fairness counts it to.</param>
/// <param name="Excluded">Workers that had their try.</param>
/// <param name="IsUrgent">Whether its user is in the middle of an answer.</param>
internal sealed record PlaceWanted(MarketJob Job, string Model, string Tenant, ImmutableHashSet<PeerId> Excluded, bool IsUrgent);
