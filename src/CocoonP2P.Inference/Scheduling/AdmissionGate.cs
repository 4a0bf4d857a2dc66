namespace CocoonP2P.Inference.Scheduling;

/// <summary>How many jobs a model takes on at once: those in its slots, and a queue that is bounded as a whole and by tenant.</summary>
/// <param name="slots">Rows in work together.</param>
/// <param name="pace">For the estimate of a wait.</param>
internal sealed class AdmissionGate(int slots, Pace pace)
{
    /// <summary>Jobs that may wait for a slot; at four slots and ten seconds a job, the last waits under three minutes.</summary>
    public const int QueueLimit = 64;

    /// <summary>Of one tenant, so that eight tenants fill the queue.</summary>
    public const int TenantLimit = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _tenants = new(StringComparer.Ordinal);
    private int _admitted;

    /// <summary>Jobs that could start now.</summary>
    public int FreeSlots
    {
        get
        {
            lock (_gate)
            {
                return Math.Max(0, slots - _admitted);
            }
        }
    }

    /// <summary>How long a job that came now would wait for a slot.</summary>
    public TimeSpan QueueTime
    {
        get
        {
            lock (_gate)
            {
                return Wait(_admitted);
            }
        }
    }

    /// <summary>Takes a place, or says when one should be free.</summary>
    public bool TryEnter(string tenant, out TimeSpan retryAfter)
    {
        lock (_gate)
        {
            int own = _tenants.GetValueOrDefault(tenant);
            retryAfter = TimeSpan.Zero;
            if (_admitted >= slots + QueueLimit || own >= slots + TenantLimit)
            {
                // One place of the queue must come free, not all of it.
                retryAfter = TimeSpan.FromSeconds(Math.Ceiling((pace.Held / slots).TotalSeconds));
                return false;
            }

            _tenants[tenant] = own + 1;
            _admitted++;
            return true;
        }
    }

    /// <summary>Gives a place back, under the tenant that took it.</summary>
    public void Leave(string tenant)
    {
        lock (_gate)
        {
            _admitted--;
            int own = _tenants[tenant] - 1;
            if (own == 0)
            {
                _tenants.Remove(tenant);
            }
            else
            {
                _tenants[tenant] = own;
            }
        }
    }

    // Slots come free one after the other, as often as jobs last long.
    private TimeSpan Wait(int ahead) => ahead < slots ? TimeSpan.Zero : pace.Held * (ahead - slots + 1) / slots;
}
