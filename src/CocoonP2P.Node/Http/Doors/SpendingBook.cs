using System.Globalization;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>What each key has spent, over restarts.</summary>
/// <param name="file">Where it is remembered.</param>
/// <param name="time">Says what day it is.</param>
internal sealed class SpendingBook(SpendingFile file, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Spending> _keys = file.Load();

    /// <summary>Sets aside what a request may cost.</summary>
    /// <param name="key">Who asks.</param>
    /// <param name="wanted">The most that it may cost; what is set aside may be less.</param>
    /// <exception cref="BudgetException">Nothing is left, or running requests hold all of it.</exception>
    public BudgetHold Hold(ApiKey key, NanoTon wanted)
    {
        NanoTon most = NanoTon.Min(wanted, key.Limits.PerRequest ?? wanted);
        if (!key.Limits.Counts)
        {
            return new BudgetHold(null, key, wanted, most);
        }

        lock (_gate)
        {
            Spending spending = Of(key);
            NanoTon left = spending.Left(key.Limits)!.Value, free = left.MinusOrZero(spending.Held);
            if (free == NanoTon.Zero)
            {
                throw Refuse(key, most, left);
            }

            NanoTon amount = NanoTon.Min(most, free);
            Change(key, spending.Hold(amount));
            return new BudgetHold(this, key, wanted, amount);
        }
    }

    public void Settle(ApiKey key, NanoTon held, NanoTon cost)
    {
        lock (_gate)
        {
            Change(key, Of(key).Settle(held, cost));
        }
    }

    private Spending Of(ApiKey key)
    {
        int day = (int)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400);
        return _keys.GetValueOrDefault(key.Name, new Spending(day, default, default, default)).On(day);
    }

    private void Change(ApiKey key, Spending spending)
    {
        _keys[key.Name] = spending;
        file.Save(_keys);
    }

    private static BudgetException Refuse(ApiKey key, NanoTon needed, NanoTon left) => left == NanoTon.Zero
        ? new BudgetException($"the budget of {key.Name} is spent", "wait for midnight in UTC where the limit is of a day; or raise it in the token's file and restart")
        {
            Needed = needed,
            Available = left,
        }
        : new BudgetException(
            $"requests that run hold all that is left of the budget of {key.Name}",
            string.Create(CultureInfo.InvariantCulture, $"ask again; Cocoon-Max-Cost or per_request make each hold less"))
        {
            Needed = needed,
            Available = NanoTon.Zero,
            RetryAfter = Patience,
        };
}
