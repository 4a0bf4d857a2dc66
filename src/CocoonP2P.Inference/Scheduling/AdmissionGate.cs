namespace CocoonP2P.Inference.Scheduling;

/// <summary>How many jobs a model takes on at once: those in its slots, and a queue that is bounded as a whole and by tenant.</summary>
/// <param name="slots">Rows in work together.</param>
/// <param name="time">For the estimate of a refusal.</param>
internal sealed class AdmissionGate(int slots, TimeProvider time)
{
    /// <summary>Jobs that may wait for a slot; at four slots and ten seconds a job, the last waits under three minutes.</summary>
    public const int QueueLimit = 64;

    /// <summary>Of one tenant, so that eight tenants fill the queue.</summary>
    public const int TenantLimit = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _tenants = new(StringComparer.Ordinal);
    private int _admitted;
    private TimeSpan _average = TimeSpan.FromSeconds(5);

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

    /// <summary>Takes a place, or says when one should be free.</summary>
    public bool TryEnter(string tenant, out TimeSpan retryAfter)
    {
        lock (_gate)
        {
            int own = _tenants.GetValueOrDefault(tenant);
            retryAfter = TimeSpan.Zero;
            if (_admitted >= slots + QueueLimit || own >= slots + TenantLimit)
            {
                int ahead = own >= slots + TenantLimit ? own : _admitted;
                retryAfter = TimeSpan.FromSeconds(Math.Ceiling(_average.TotalSeconds * (ahead - slots + 1) / slots));
                return false;
            }

            _tenants[tenant] = own + 1;
            _admitted++;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="tenant">As it was taken.</param>
    /// <param name="startedAt">Timestamp of its start; null if it never ran.</param>
    public void Leave(string tenant, long? startedAt)
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

            if (startedAt is { } start)
            {
                _average = ((_average * 3) + time.GetElapsedTime(start)) / 4;
            }
        }
    }
}
