using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>
/// Keeps a peer from being alone: dials its list while few peers are connected, and again after a backoff where
/// nobody answers.
/// </summary>
public sealed class Bootstrap : IAsyncDisposable
{
    private static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(1);

    private readonly ILocalPeer _peer;
    private readonly int _enough;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger _log;
    private readonly TaskGroup _tasks;

    /// <summary>Begins to dial.</summary>
    /// <param name="peer">On whose behalf.</param>
    /// <param name="addresses">Each ends in <c>/p2p/…</c>: a list that names no peers could be answered by anybody.</param>
    /// <param name="enough">Nobody is dialled while this many peers are connected; four keep a node from being alone.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="random">Spreads the attempts; a generator of its own.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <exception cref="ArgumentException">An address names no peer.</exception>
    public Bootstrap(
        ILocalPeer peer, IReadOnlyList<Multiaddress> addresses, int enough, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        if (addresses.FirstOrDefault(a => a.PeerId is null) is { } nobody)
        {
            throw new ArgumentException($"{nobody} names no peer", nameof(addresses));
        }

        (_peer, _enough, _time, _random) = (peer, enough, time, random);
        _log = loggers.CreateLogger("CocoonP2P.Libp2p.Bootstrap");
        _tasks = new TaskGroup(e => Log.TaskFailed(_log, e));
        foreach (Multiaddress address in addresses.Where(a => a.PeerId != peer.Identity.PeerId))
        {
            _tasks.TryRun(ct => KeepAsync(address, ct));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tasks.DisposeAsync();

    private async Task KeepAsync(Multiaddress address, CancellationToken ct)
    {
        int failures = 0;
        while (true)
        {
            TimeSpan delay = CheckPeriod;
            if (_peer.Sessions.Count < _enough && _peer.FindSession(address.PeerId!.Value) is null)
            {
                failures = await TryDialAsync(address, ct) ? 0 : failures + 1;
                delay = failures > 0 ? NextDelay(failures) : delay;
            }

            await Task.Delay(delay, _time, ct);
        }
    }

    private async Task<bool> TryDialAsync(Multiaddress address, CancellationToken ct)
    {
        try
        {
            await _peer.DialAsync(address, ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Log.BootstrapFailed(_log, address, e);
            return false;
        }
    }

    private TimeSpan NextDelay(int failures)
    {
        // One generator for all addresses, which are tried on different threads.
        lock (_random)
        {
            return Backoff.After(failures, _random.NextDouble());
        }
    }
}
