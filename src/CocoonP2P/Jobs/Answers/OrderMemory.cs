using System.Runtime.CompilerServices;

namespace CocoonP2P.Jobs;

/// <summary>Whose order it is, and what they call it.</summary>
internal readonly record struct OrderKey(string Tenant, string Key);

/// <summary>
/// Orders with an idempotency key: a second one with the same key joins the running order or gets the finished answer, and
/// buys nothing. Such an order runs to its end though its caller goes away: the key says that they may come back.
/// </summary>
/// <param name="sizeOf">What a part takes in memory.</param>
/// <param name="time">For how long a finished answer is kept.</param>
internal sealed class OrderMemory<T>(Func<T, int> sizeOf, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Orders remembered; with 64 KiB each, 16 MiB.</summary>
    public const int MostOrders = 256;

    /// <summary>Characters of a key; a UUID has 36.</summary>
    public const int KeyLength = 256;

    /// <summary>How long an answer is kept after its end: who lost a connection is back by then.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<OrderKey, KeptOrder<T>> _orders = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The order's parts from the first on, bought now or before.</summary>
    /// <param name="key">Whose it is.</param>
    /// <param name="print">What is asked, as a hash.</param>
    /// <param name="run">Buys it.</param>
    /// <param name="cancellationToken">Stops listening; the order goes on.</param>
    /// <exception cref="CocoonException">Usage: the key stands for another order, or its answer was too long to keep.</exception>
    public async IAsyncEnumerable<T> JoinAsync(
        OrderKey key, byte[] print, Func<CancellationToken, IAsyncEnumerable<T>> run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeptOrder<T> order = Find(key, print, run);
        KeptReader reader = order.Join();
        try
        {
            while (await order.NextAsync(reader, cancellationToken) is (true, var part))
            {
                yield return part!;
            }
        }
        finally
        {
            order.Leave(reader);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Stop();
        await Task.WhenAll(_orders.Values.Select(order => order.Run));
        _stop.Dispose();
    }

    private KeptOrder<T> Find(OrderKey key, byte[] print, Func<CancellationToken, IAsyncEnumerable<T>> run)
    {
        if (key.Key.Length > KeyLength)
        {
            throw Wrong($"an idempotency key of {key.Key.Length} characters; {KeyLength} are allowed");
        }

        KeptOrder<T>? order;
        lock (_gate)
        {
            Forget();
            if (_orders.TryGetValue(key, out order))
            {
                return order.Print.AsSpan().SequenceEqual(print)
                    ? order.IsWhole ? order : throw Wrong("the answer under this idempotency key was too long to keep")
                    : throw Wrong("this idempotency key stands for another order");
            }

            order = new KeptOrder<T>(print, sizeOf, time);
            _orders.Add(key, order);
        }

        order.Start(run(_stop.Token), _stop.Token);
        return order;
    }

    /// <summary>What failed may be tried again, what is old is forgotten, and the oldest goes where there are too many.</summary>
    private void Forget()
    {
        foreach ((OrderKey key, KeptOrder<T> order) in _orders)
        {
            if (order.HasFailed || (order.EndedAt is { } end && time.GetElapsedTime(end) >= Kept))
            {
                _orders.Remove(key);
            }
        }

        if (_orders.Count >= MostOrders)
        {
            (OrderKey oldest, KeptOrder<T> order) = _orders.MinBy(o => o.Value.EndedAt ?? long.MaxValue);
            if (order.EndedAt is null)
            {
                throw new CocoonException(ErrorCode.Busy, $"{MostOrders} orders with idempotency keys run already", "retry later")
                {
                    RetryAfter = TimeSpan.FromSeconds(1),
                };
            }

            _orders.Remove(oldest);
        }
    }

    private static CocoonException Wrong(string what) => new(ErrorCode.Usage, what, "use a new key for a new order");
}
