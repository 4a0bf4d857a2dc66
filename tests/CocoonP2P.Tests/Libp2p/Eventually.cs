namespace CocoonP2P.Tests.Libp2p;

/// <summary>Awaits a state that other tasks bring about, where no event tells of it. Half a minute is never reached in a test that passes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<T> NotNullAsync<T>(Func<T?> read)
        where T : class
    {
        T? value = null;
        await TrueAsync(() => (value = read()) is not null);
        return value!;
    }

    public static async Task TrueAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }
}
