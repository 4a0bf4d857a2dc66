namespace CocoonP2P.EndToEnd;

/// <summary>Waits for what another process shows only when asked. The test's own time limit ends a wait that never ends.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task IsAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(Pause, TimeProvider.System, Cocoon.Cancelled);
        }
    }
}
