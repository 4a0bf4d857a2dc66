using System.Collections.Concurrent;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Jobs;

/// <summary>The quotes of a worker: everybody who asks within a quarter of an hour gets the same, and one that was given holds to its end.</summary>
internal sealed class QuoteShelf(WorkerSettings settings, TimeProvider time)
{
    /// <summary>After this a new one is signed, so that whoever asks gets one that holds for long.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Bits256, SignedQuote> _given = new();
    private readonly Dictionary<Bits256, (SignedQuote Quote, long Since)> _newest = [];
    private readonly Lock _gate = new();
    private ulong _serial;

    /// <summary>Any that was given: all name the same keys.</summary>
    public SignedQuote? Any => _given.Values.FirstOrDefault();

    /// <summary>One for whoever asks now.</summary>
    public SignedQuote For(ModelInfo model)
    {
        Bits256 key = new(model.Id.Span);
        lock (_gate)
        {
            if (_newest.TryGetValue(key, out (SignedQuote Quote, long Since) newest) && time.GetElapsedTime(newest.Since) < Fresh
                && newest.Quote.Quote.IsValidAt(time.GetUtcNow()))
            {
                return newest.Quote;
            }

            foreach (Bits256 stale in _given.Where(q => !q.Value.Quote.IsValidAt(time.GetUtcNow())).Select(q => q.Key))
            {
                _given.TryRemove(stale, out _);
            }

            SignedQuote made = settings.QuoteFor(model, time.GetUtcNow(), ++_serial);
            _newest[key] = (made, time.GetTimestamp());
            _given[made.Hash] = made;
            return made;
        }
    }

    /// <summary>One that this worker gave and that still counts.</summary>
    public bool TryFind(byte[] hash, out SignedQuote? quote) =>
        _given.TryGetValue(new Bits256(hash), out quote) && quote.Quote.IsValidAt(time.GetUtcNow());
}
