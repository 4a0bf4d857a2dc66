namespace CocoonP2P.Jobs;

/// <summary>Cancels where it is asked to: CancelAsync would go on elsewhere, and a test on one thread would have many histories.</summary>
internal static class Stopping
{
    public static void Stop(this CancellationTokenSource source) => source.Cancel();
}
