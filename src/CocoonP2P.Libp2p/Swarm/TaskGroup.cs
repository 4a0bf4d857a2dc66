namespace CocoonP2P.Libp2p;

/// <summary>Owns tasks that come and go: starts them on the pool, cancels them, and waits for every one.</summary>
internal sealed class TaskGroup(Action<Exception> onError) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Task> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private long _lastId;
    private bool _stopped;

    public CancellationToken Stopping => _stop.Token;

    /// <summary>False once the group is stopping; the work is not started then.</summary>
    public bool TryRun(Func<CancellationToken, Task> work)
    {
        lock (_lock)
        {
            if (_stopped)
            {
                return false;
            }

            long id = ++_lastId;
            _running.Add(id, Task.Run(() => WatchAsync(id, work)));
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
        }

        await _stop.CancelAsync();
        Task[] left;
        lock (_lock)
        {
            left = [.. _running.Values];
        }

        await Task.WhenAll(left);
        _stop.Dispose();
    }

    private async Task WatchAsync(long id, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop, and did.
        }
        catch (Exception e)
        {
            onError(e);
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(id);
            }
        }
    }
}
