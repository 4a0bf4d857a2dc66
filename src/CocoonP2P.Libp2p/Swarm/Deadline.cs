namespace CocoonP2P.Libp2p;

/// <summary>Gives work so much time, and names the phase that took longer.</summary>
internal static class Deadline
{
    public static async Task<T> RunAsync<T>(
        TimeProvider time, TimeSpan limit, string phase, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw Libp2pException.Timeout(phase, limit);
        }
    }
}
