using CocoonP2P.Capacity;

namespace CocoonP2P.Jobs;

/// <summary>Orders of one model that wait for a slot: those in mid-answer first, then fair between tenants. Pure; its owner locks.</summary>
internal sealed class WaitingRoom
{
    private readonly TenantQueue<PlaceWaiter> _urgent = new(Tenant, Cost);
    private readonly TenantQueue<PlaceWaiter> _others = new(Tenant, Cost);
    private long _gone;

    public int Count => _urgent.Count + _others.Count;

    public PlaceWaiter Join(PlaceWanted wanted)
    {
        PlaceWaiter waiter = new(this, wanted, _gone + (wanted.IsUrgent ? _urgent.Count : Count));
        (wanted.IsUrgent ? _urgent : _others).Enqueue(waiter);
        return waiter;
    }

    /// <summary>About how many come before this one: those who were there first and are still.</summary>
    public int Ahead(PlaceWaiter waiter) => (int)Math.Clamp(waiter.Number - _gone, 0, Count);

    /// <summary>Offers a place to each in turn until nobody takes one.</summary>
    public void Serve(Func<PlaceWaiter, bool> place)
    {
        while (_urgent.TryPlace(place) || _others.TryPlace(place))
        {
            _gone++;
        }
    }

    public void Leave(PlaceWaiter waiter)
    {
        if (_urgent.TryRemove(waiter) || _others.TryRemove(waiter))
        {
            _gone++;
        }
    }

    private static string Tenant(PlaceWaiter waiter) => waiter.Wanted.Tenant;

    private static long Cost(PlaceWaiter waiter) => (long)waiter.Wanted.Job.PromptTokens + waiter.Wanted.Job.MaxTokens;
}

/// <summary>Somebody who waits.</summary>
/// <param name="room">Where.</param>
/// <param name="wanted">For what.</param>
/// <param name="number">Of all who left the room before its turn comes, first come first served.</param>
internal sealed class PlaceWaiter(WaitingRoom room, PlaceWanted wanted, long number)
{
    private readonly TaskCompletionSource _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Place? _place;

    public WaitingRoom Room => room;

    public PlaceWanted Wanted => wanted;

    public long Number => number;

    public Task Found => _found.Task;

    public void Give(Place place)
    {
        _place = place;
        _found.SetResult();
    }

    /// <summary>What was given, once.</summary>
    public Place? TryTake() => Interlocked.Exchange(ref _place, null);
}
