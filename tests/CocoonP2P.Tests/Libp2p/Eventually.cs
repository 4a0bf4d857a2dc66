namespace CocoonP2P.Tests.Libp2p;

/// <summary>Awaits a state that other tasks bring about, where no event tells of it. Half a minute is never reached in a test that passes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task<T> NotNullAsync<T>(Func<T?> read)
        where T : class
    {
        T? value = null;
        await TrueAsync(() => (value = read()) is not null);
        return value!;
    }

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!await condition())
        {
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }
}
