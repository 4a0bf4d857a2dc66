namespace CocoonP2P.Libp2p;

/// <summary>Who may begin a handshake: how many at once and how fast, in all and by address. Loopback is exempt from the latter.</summary>
internal sealed class InboundAdmission(Libp2pLimits limits, TimeProvider time)
{
    /// <summary>Addresses whose rate is remembered; beyond it the rates of all are forgotten, and the total still holds.</summary>
    private const int MaxRates = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _pendingByHost = [];
    private readonly Dictionary<string, RateLimiter> _rateByHost = [];
    private readonly RateLimiter _rate = new(limits.AcceptsPerSecond, TimeSpan.FromSeconds(1), time);
    private int _pending;

    /// <summary>Lets one in until the result is disposed.</summary>
    /// <exception cref="LimitExceededException">It must wait outside.</exception>
    public IDisposable Admit(Multiaddress remote)
    {
        string? host = AddressGroup.Host(remote);
        lock (_lock)
        {
            if (_pending >= limits.PendingInbound)
            {
                throw new LimitExceededException("pending inbound", limits.PendingInbound, _pending, nameof(limits.PendingInbound));
            }

            if (host is not null)
            {
                AdmitHost_NeedsLock(host);
            }

            _pending++;
        }

        return new Lease(this, host);
    }

    private void AdmitHost_NeedsLock(string host)
    {
        int pending = _pendingByHost.GetValueOrDefault(host);
        if (pending >= limits.PendingInboundPerAddress)
        {
            throw new LimitExceededException(
                "pending inbound of one address", limits.PendingInboundPerAddress, pending, nameof(limits.PendingInboundPerAddress));
        }

        if (!_rateByHost.TryGetValue(host, out RateLimiter? rate))
        {
            if (_rateByHost.Count >= MaxRates)
            {
                _rateByHost.Clear();
            }

            rate = _rateByHost[host] = new RateLimiter(limits.AcceptsPerSecondPerAddress, TimeSpan.FromSeconds(1), time);
        }

        if (!rate.TryTake())
        {
            throw new LimitExceededException(
                "accepts of one address", limits.AcceptsPerSecondPerAddress, limits.AcceptsPerSecondPerAddress, nameof(limits.AcceptsPerSecondPerAddress));
        }

        if (!_rate.TryTake())
        {
            throw new LimitExceededException("accepts", limits.AcceptsPerSecond, limits.AcceptsPerSecond, nameof(limits.AcceptsPerSecond));
        }

        _pendingByHost[host] = pending + 1;
    }

    private void Release(string? host)
    {
        lock (_lock)
        {
            _pending--;
            if (host is not null && --_pendingByHost[host] == 0)
            {
                _pendingByHost.Remove(host);
            }
        }
    }

    private sealed class Lease(InboundAdmission owner, string? host) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                owner.Release(host);
            }
        }
    }
}
