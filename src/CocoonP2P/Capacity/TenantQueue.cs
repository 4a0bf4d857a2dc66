using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Capacity;

/// <summary>What waits, by deficit round robin over tenants (Shreedhar and Varghese, 1995); first come, first served within one.</summary>
/// <remarks>Clients and workers share it. What is dear counts as much as many cheap ones, so nobody gains by asking for more at once.</remarks>
/// <param name="tenant">Whom an item counts to.</param>
/// <param name="cost">What it counts, such as the tokens that it may use; the same at each call.</param>
internal sealed class TenantQueue<T>(Func<T, string> tenant, Func<T, long> cost)
    where T : class
{
    private readonly LinkedList<Lane> _lanes = [];
    private readonly Dictionary<string, LinkedListNode<Lane>> _byTenant = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Enqueue(T item)
    {
        if (!_byTenant.TryGetValue(tenant(item), out LinkedListNode<Lane>? lane))
        {
            _byTenant[tenant(item)] = lane = _lanes.AddLast(new Lane(tenant(item)));
        }

        lane.Value.Items.AddLast(item);
        Count++;
    }

    /// <summary>The item whose turn it is. It stays until it is removed, and asking again gives the same one.</summary>
    public bool TryPeek([NotNullWhen(true)] out T? item)
    {
        item = _lanes.First is null ? null : NextLane().Items.First!.Value;
        return item is not null;
    }

    /// <summary>Takes the item that <see cref="TryPeek"/> gave, and charges its tenant.</summary>
    public void Take(T item)
    {
        LinkedListNode<Lane> lane = _lanes.First!;
        Invariant.Holds(ReferenceEquals(lane.Value.Items.First!.Value, item), "the item taken is the one whose turn it is");
        Charge(lane, item);
    }

    /// <summary>
    /// Offers the tenants' first items in turn until one is placed, and charges its tenant; false where none is. Who could not be
    /// placed keeps what its turn gave it, and comes first again.
    /// </summary>
    /// <param name="place">Places an item, or says that it cannot be now.</param>
    public bool TryPlace(Func<T, bool> place)
    {
        List<Lane> passed = [];
        bool placed = false;
        while (!placed && _lanes.First is not null)
        {
            Lane lane = NextLane();
            if (place(lane.Items.First!.Value))
            {
                Charge(_lanes.First!, lane.Items.First!.Value);
                placed = true;
            }
            else
            {
                passed.Add(lane);
                _lanes.RemoveFirst();
            }
        }

        for (int i = passed.Count - 1; i >= 0; i--)
        {
            _byTenant[passed[i].Tenant] = _lanes.AddFirst(passed[i]);
        }

        return placed;
    }

    /// <summary>Takes an item out wherever it stands; false if it is not here.</summary>
    public bool TryRemove(T item)
    {
        if (!_byTenant.TryGetValue(tenant(item), out LinkedListNode<Lane>? lane) || !lane.Value.Items.Remove(item))
        {
            return false;
        }

        Removed(lane);
        return true;
    }

    /// <summary>Brings the lane to the front whose first item its deficit pays.</summary>
    private Lane NextLane()
    {
        while (true)
        {
            Lane lane = _lanes.First!.Value;
            if (!lane.HasTurn)
            {
                (lane.HasTurn, lane.Deficit) = (true, lane.Deficit + TenantQueue.Quantum);
            }

            if (lane.Deficit >= cost(lane.Items.First!.Value))
            {
                return lane;
            }

            lane.HasTurn = false;
            LinkedListNode<Lane> node = _lanes.First!;
            _lanes.RemoveFirst();
            _lanes.AddLast(node);
        }
    }

    private void Charge(LinkedListNode<Lane> lane, T item)
    {
        lane.Value.Deficit -= cost(item);
        lane.Value.Items.Remove(item);
        Removed(lane);
    }

    private void Removed(LinkedListNode<Lane> lane)
    {
        Count--;
        if (lane.Value.Items.Count == 0)
        {
            // A tenant without items keeps no credit.
            _lanes.Remove(lane);
            _byTenant.Remove(lane.Value.Tenant);
        }
    }

    private sealed class Lane(string tenant)
    {
        public string Tenant => tenant;

        public LinkedList<T> Items { get; } = [];

        public long Deficit { get; set; }

        /// <summary>Its turn came and gave it a quantum; it lasts until an item costs more than is left.</summary>
        public bool HasTurn { get; set; }
    }
}

/// <summary>What every <see cref="TenantQueue{T}"/> has.</summary>
internal static class TenantQueue
{
    /// <summary>Tokens that a tenant may use more, each time its turn comes.</summary>
    public const int Quantum = 512;
}
