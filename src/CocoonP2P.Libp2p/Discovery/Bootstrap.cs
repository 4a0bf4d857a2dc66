using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>Keeps dialling well-known peers while few peers are connected, each with a delay that doubles.</summary>
public sealed class Bootstrap : IAsyncDisposable
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private readonly ILocalPeer _peer;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly int _enough;
    private readonly ILogger _log;
    private readonly TaskGroup _tasks;

    /// <summary>Begins to dial.</summary>
    /// <param name="peer">Who dials.</param>
    /// <param name="addresses">Whom: multiaddrs that end in a peer id.</param>
    /// <param name="enough">Nobody is dialled while this many peers are connected; design: 4.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="random">Spreads the delays, so that a network that restarts does not dial in step; a generator of its own.</param>
    /// <param name="loggers">Where it logs.</param>
    public Bootstrap(
        ILocalPeer peer, IReadOnlyList<Multiaddress> addresses, int enough, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        (_peer, _enough, _time, _random) = (peer, enough, time, random);
        _log = loggers.CreateLogger("CocoonP2P.Libp2p.Bootstrap");
        _tasks = new TaskGroup(e => Log.TaskFailed(_log, e));
        foreach (Multiaddress address in addresses)
        {
            _tasks.TryRun(ct => KeepAsync(address, ct));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tasks.DisposeAsync();

    private async Task KeepAsync(Multiaddress address, CancellationToken ct)
    {
        TimeSpan delay = ShortestDelay;
        while (true)
        {
            if (_peer.Sessions.Count < _enough && _peer.Sessions.All(s => s.RemotePeer != address.PeerId))
            {
                delay = await TryDialAsync(address, delay, ct) ? ShortestDelay : Min(delay * 2, LongestDelay);
            }

            await Task.Delay(delay * (0.7 + (0.6 * Chance())), _time, ct);
        }
    }

    private async Task<bool> TryDialAsync(Multiaddress address, TimeSpan delay, CancellationToken ct)
    {
        try
        {
            await _peer.DialAsync(address, ct);
            return true;
        }
        catch (Libp2pException e)
        {
            Log.BootstrapFailed(_log, address, delay, e);
            return false;
        }
    }

    private double Chance()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
