namespace CocoonP2P.Libp2p;

/// <summary>Dials peers: one dial a peer at a time, which later callers join; its addresses raced under one deadline.</summary>
internal sealed class Dialer(
    IReadOnlyList<ITransport> transports, Upgrader upgrader, Libp2pOptions options, TimeProvider time, Func<SecuredConnection, Connection> adopt)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, Task<Connection>> _dials = [];
    private readonly CancellationTokenSource _stop = new();
    private int _anonymous;

    /// <summary>The connection of the dial that is under way or starts now. The token gives up waiting, not the dial.</summary>
    public async Task<Connection> DialAsync(PeerId peer, IReadOnlyList<Multiaddress> addresses, CancellationToken ct)
    {
        Task<Connection>? dial;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (!_dials.TryGetValue(peer, out dial))
            {
                CheckRoom_NeedsLock();
                // Not under the caller's token: others may join, and a dial that never ran would never leave the table.
                dial = Task.Run(() => RunAsync(peer, addresses), CancellationToken.None);
                _dials.Add(peer, dial);
            }
        }

        return await dial.WaitAsync(ct);
    }

    /// <summary>Dials whoever is there.</summary>
    public async Task<Connection> DialAnyAsync(Multiaddress address, CancellationToken ct)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            CheckRoom_NeedsLock();
            _anonymous++;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
            return adopt(await WithDeadlineAsync(c => AttemptAsync(address, null, c), either.Token));
        }
        finally
        {
            lock (_lock)
            {
                _anonymous--;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] left;
        lock (_lock)
        {
            left = [.. _dials.Values];
        }

        // Each caller has been told its own failure already.
        await Task.WhenAll(left).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task<Connection> RunAsync(PeerId peer, IReadOnlyList<Multiaddress> addresses)
    {
        try
        {
            await upgrader.GateAsync(new GateRequest(GateStage.DialPeer, Direction.Outbound, peer, null), _stop.Token);
            return adopt(await WithDeadlineAsync(c => RaceAsync(peer, addresses, c), _stop.Token));
        }
        finally
        {
            lock (_lock)
            {
                _dials.Remove(peer);
            }
        }
    }

    /// <summary>Starts one address after the other, a stagger apart or at once after a failure; the first to succeed wins.</summary>
    private async Task<SecuredConnection> RaceAsync(PeerId peer, IReadOnlyList<Multiaddress> addresses, CancellationToken ct)
    {
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var waiting = new Queue<Multiaddress>(addresses.Distinct().Take(options.Limits.AddressesPerPeer));
        var running = new List<(Multiaddress Address, Task<SecuredConnection> Attempt)>();
        var failed = new List<(Multiaddress, Exception)>();
        try
        {
            while (waiting.Count > 0 || running.Count > 0)
            {
                if (waiting.TryDequeue(out Multiaddress? next))
                {
                    running.Add((next, AttemptAsync(next, peer, losers.Token)));
                }

                Task<SecuredConnection>? done = await FirstOrStaggerAsync(running.ConvertAll(r => r.Attempt), waiting.Count > 0, losers.Token);
                if (done is null)
                {
                    continue;
                }

                int index = running.FindIndex(r => r.Attempt == done);
                if (done.IsCompletedSuccessfully)
                {
                    running.RemoveAt(index);
                    return await done;
                }

                failed.Add((running[index].Address, done.Exception?.InnerException ?? new OperationCanceledException(ct)));
                running.RemoveAt(index);
            }

            ct.ThrowIfCancellationRequested();
            throw failed is [(_, Libp2pException only)] ? only : new DialException(failed);
        }
        finally
        {
            await losers.CancelAsync();
            foreach ((_, Task<SecuredConnection> attempt) in running)
            {
                await DisposeLoserAsync(attempt);
            }
        }
    }

    private async Task<Task<SecuredConnection>?> FirstOrStaggerAsync(
        IReadOnlyList<Task<SecuredConnection>> running, bool more, CancellationToken ct)
    {
        Task<Task<SecuredConnection>> first = Task.WhenAny(running);
        if (!more)
        {
            return await first;
        }

        try
        {
            return await first.WaitAsync(options.Limits.DialStagger, time, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static async Task DisposeLoserAsync(Task<SecuredConnection> attempt)
    {
        try
        {
            (await attempt).Dispose();
        }
        catch (Exception)
        {
            // It lost by failing.
        }
    }

    private async Task<SecuredConnection> AttemptAsync(Multiaddress address, PeerId? expected, CancellationToken ct)
    {
        ITransport transport = transports.FirstOrDefault(t => t.CanUse(address))
            ?? throw new Libp2pException("no-transport", Consequence.None, $"no transport for {address}");
        await upgrader.GateAsync(new GateRequest(GateStage.DialAddress, Direction.Outbound, expected, address), ct);
        IRawConnection raw = await Deadline.RunAsync(time, options.Limits.PhaseTimeout, "connect", c => transport.DialAsync(address, c), ct);
        return await upgrader.UpgradeAsync(raw, Direction.Outbound, expected, ct);
    }

    private Task<SecuredConnection> WithDeadlineAsync(Func<CancellationToken, Task<SecuredConnection>> work, CancellationToken ct) =>
        Deadline.RunAsync(time, options.Limits.WholeDial, "dial", work, ct);

    private void CheckRoom_NeedsLock()
    {
        int current = _dials.Count + _anonymous;
        if (current >= options.Limits.PendingDials)
        {
            throw new LimitExceededException("pending dials", options.Limits.PendingDials, current, nameof(Libp2pLimits.PendingDials));
        }
    }
}
