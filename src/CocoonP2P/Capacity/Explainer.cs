using CocoonP2P.Libp2p;

namespace CocoonP2P.Capacity;

/// <summary>Says of one worker and one kind of job what the market thinks.</summary>
internal static class Explainer
{
    /// <param name="market">What was learnt.</param>
    /// <param name="worker">Of whom it is asked.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="job">Of what size, with the model's id.</param>
    /// <param name="offers">Of the moment.</param>
    /// <param name="now">The time.</param>
    public static Explanation Explain(
        Market market, PeerId worker, string model, MarketJob job, IReadOnlyList<CapacityOffer> offers, DateTimeOffset now)
    {
        byte[] bytes = worker.ToBytes();
        CapacityOffer? offer = offers.FirstOrDefault(o => o.Worker.Span.SequenceEqual(bytes));
        if (Bar(market, worker, offer, job) is WhyNot bar)
        {
            return new Explanation(worker.ToString(), model, 0, [bar]);
        }

        List<Prospect> all = market.Prospects(offers, job, new HashSet<PeerId>(), now);
        Prospect own = all.First(p => p.Worker.Equals(worker));
        List<Prospect> ready = [.. all.Where(p => p.IsReady(now))];
        Field? field = own.IsReady(now) ? new Field(ready, job.Deadline) : null;
        double share = field?.ShareOf(own) ?? 0;
        List<WhyNot> reasons = [.. Waits(own, now), .. Doubts(own, now), .. Losses(own, field?.Best, ready)];
        if (reasons.Count == 0 || share > 0.5)
        {
            reasons.Add(ReasonWords.Chosen(share));
        }

        return new Explanation(worker.ToString(), model, share, reasons);
    }

    /// <summary>What keeps it from being considered.</summary>
    private static WhyNot? Bar(Market market, PeerId worker, CapacityOffer? offer, MarketJob job)
    {
        if (offer is null)
        {
            return ReasonWords.NoOffer();
        }

        ModelOffer? model = offer.Models.FirstOrDefault(m => m.Id.Span.SequenceEqual(job.ModelId.Span));
        if (model is null)
        {
            return ReasonWords.WrongModel(offer);
        }

        Protocol.NanoTon exposure = market.Settings.Exposure(market.Memory.Find(worker)?.Receipts ?? 0);
        return Screening.Blocks(offer, model, job, exposure) is { } code ? ReasonWords.Blocked(code, offer, model, job, exposure) : null;
    }

    private static IEnumerable<WhyNot> Waits(Prospect own, DateTimeOffset now)
    {
        if (own.IsInBackoff)
        {
            yield return ReasonWords.Backoff(own, now);
        }

        if (own.Free == 0 || (own.ReadyAt > now && !own.IsInBackoff))
        {
            yield return ReasonWords.NoFreeSlot(own, now);
        }
    }

    private static IEnumerable<WhyNot> Doubts(Prospect own, DateTimeOffset now)
    {
        if (own.Record is not { Finished: >= Forecast.Proven })
        {
            yield return ReasonWords.NoHistory(own);
        }

        if (own.Record is { } record && record.Success(now) < Forecast.Reliable)
        {
            yield return ReasonWords.LowSuccess(own);
        }
    }

    private static IEnumerable<WhyNot> Losses(Prospect own, Draw? best, List<Prospect> ready)
    {
        if (best is null)
        {
            yield break;
        }

        if (!best.IsInTime(own))
        {
            yield return ReasonWords.TooSlow(own);
        }

        if (!best.IsInBand(own))
        {
            yield return ReasonWords.Dearer(own, ready.Where(p => p.IsProven).Min(p => p.Cost));
        }
        else if (ready.Where(p => p.IsProven && best.IsInBand(p)).MinBy(p => p.Seconds) is { } fastest && fastest.Seconds < own.Seconds * 0.9)
        {
            yield return ReasonWords.Slower(own, fastest.Seconds);
        }
    }
}
