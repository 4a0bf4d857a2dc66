using CocoonP2P.Protocol;

namespace CocoonP2P.Capacity;

/// <summary>What becomes of an offer that arrived by gossip.</summary>
internal enum OfferOutcome
{
    /// <summary>New: keep it, pass it on.</summary>
    Accept,

    /// <summary>Old, late, or of no interest: say nothing, blame nobody.</summary>
    Ignore,

    /// <summary>No honest worker makes it: whoever sent it loses score.</summary>
    Reject,
}

/// <summary>
/// The newest offer of each worker, pure: newest sequence wins, expired ones are gone, and the book never grows past its
/// bound. It needs no anti-entropy: every worker repeats its offer within the life of the last one.
/// </summary>
internal sealed class OfferBook(byte[] networkId)
{
    private readonly Dictionary<string, CapacityOffer> _offers = new(StringComparer.Ordinal);

    public int Count => _offers.Count;

    /// <summary>Takes an offer whose signature was checked.</summary>
    public OfferOutcome Take(CapacityOffer offer, DateTimeOffset now)
    {
        if (!offer.NetworkId.Span.SequenceEqual(networkId) || offer.Expires - offer.IssuedAt > Limits.OfferLife || offer.Expires <= offer.IssuedAt)
        {
            return OfferOutcome.Reject;
        }

        if (offer.Expires <= now || offer.IssuedAt > now + Limits.ClockSkew)
        {
            return OfferOutcome.Ignore;
        }

        string worker = Convert.ToHexStringLower(offer.Worker.Span);
        if (_offers.TryGetValue(worker, out CapacityOffer? known) && known.Sequence >= offer.Sequence)
        {
            return OfferOutcome.Ignore;
        }

        if (known is null && _offers.Count >= Limits.OffersKept)
        {
            Expire(now);
            if (_offers.Count >= Limits.OffersKept)
            {
                return OfferOutcome.Ignore;
            }
        }

        _offers[worker] = offer;
        return OfferOutcome.Accept;
    }

    /// <summary>The offers that count at this moment.</summary>
    public IReadOnlyList<CapacityOffer> Live(DateTimeOffset now)
    {
        Expire(now);
        return [.. _offers.Values];
    }

    /// <summary>Forgets a worker that could not be reached, until its next offer.</summary>
    public void Drop(ReadOnlyMemory<byte> worker) => _offers.Remove(Convert.ToHexStringLower(worker.Span));

    private void Expire(DateTimeOffset now)
    {
        foreach ((string worker, CapacityOffer offer) in _offers)
        {
            if (offer.Expires <= now)
            {
                _offers.Remove(worker);
            }
        }
    }
}
