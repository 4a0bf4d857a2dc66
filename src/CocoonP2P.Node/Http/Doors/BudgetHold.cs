using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>What is set aside for one request. Disposed, it gives back what was not spent.</summary>
/// <param name="book">Null where nothing is counted.</param>
/// <param name="key">Whose.</param>
/// <param name="wanted">What the request asked for.</param>
/// <param name="amount">The most that it may cost.</param>
internal sealed class BudgetHold(SpendingBook? book, ApiKey key, NanoTon wanted, NanoTon amount) : IDisposable
{
    private NanoTon _cost;
    private bool _over;

    public NanoTon Amount => amount;

    public NanoTon Wanted => wanted;

    /// <summary>What is not spent yet.</summary>
    public NanoTon Left => amount.MinusOrZero(_cost);

    /// <summary>Whether the key's limits, and not the request, say how much it may cost.</summary>
    public bool Binds => amount < wanted;

    /// <summary>Part of the request cost so much.</summary>
    public void Spend(NanoTon cost) => _cost += cost;

    public void Dispose()
    {
        if (!_over)
        {
            _over = true;
            book?.Settle(key, amount, _cost);
        }
    }
}
