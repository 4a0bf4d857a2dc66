using CocoonP2P.Libp2p;

namespace CocoonP2P.Capacity;

/// <summary>From what was learnt and what is offered to what a job may expect.</summary>
internal static class Forecast
{
    /// <summary>Finished answers that make a worker's figures its own.</summary>
    public const int Proven = 5;

    /// <summary>Below this a worker is not relied on, whatever its figures.</summary>
    public const double Reliable = 0.5;

    /// <summary>Below this it is worth a trial to see whether it has healed.</summary>
    private const double Sound = 0.9;

    /// <summary>Figures older than this may be wrong by now: of the five minutes in which a healed worker must be back, this leaves three and a half.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(90);

    /// <summary>Offers are repeated this often.</summary>
    private static readonly TimeSpan OfferRepeat = TimeSpan.FromSeconds(10);

    /// <summary>Seconds until a stranger's first token; nobody claims this figure, so all have the same.</summary>
    private const double StrangersFirstToken = 1;

    /// <summary>What is believed of a stranger's tokens a second: half of its claim, at least a slow CPU's, at most a fast GPU's.</summary>
    private const double SlowestClaim = 5;
    private const double FastestClaim = 200;

    /// <summary>A platform that is behind its updates is taken half as often, and so is one whose evidence was not seen yet.</summary>
    private const double LowerTier = 0.5;

    public static Prospect Of(
        PeerId worker, WorkerRecord? known, ModelRecord? record, CapacityOffer offer, ModelOffer model, MarketJob job,
        MarketSettings settings, int answer, DateTimeOffset now)
    {
        double success = record?.Success(now) ?? 1;
        double cost = (double)Screening.Cost(model, job.PromptTokens, answer);
        (int free, double freshness) = FreeSlots(record, offer, model, now);
        bool proven = record is { Finished: >= Proven } && success >= Reliable;
        DateTimeOffset backoff = Later(known?.Backoff.Until ?? default, record?.Backoff.Until ?? default);
        return new Prospect
        {
            Worker = worker,
            Offer = offer,
            Model = model,
            Record = record,
            Cost = (cost + settings.FeesOf(cost)) / success,
            Seconds = Time(known, record, model, answer, now) / success,
            Success = success,
            Free = free,
            Freshness = freshness,
            Tier = known is { UpToDate: true } ? 1 : LowerTier,
            ReadyAt = Later(backoff, record?.Slots.Until ?? default),
            IsInBackoff = backoff > now,
            IsProven = proven,
            WantsTrial = !proven || success < Sound || now - record!.LastFinished > Stale,
        };
    }

    /// <summary>Seconds from request to last token: its own figures where there are any, else its claim, discounted.</summary>
    private static double Time(WorkerRecord? known, ModelRecord? record, ModelOffer model, int answer, DateTimeOffset now)
    {
        double first = record is { FirstToken.Samples: > 0 } ? record.FirstToken.Value : StrangersFirstToken + (known?.Opening.Value ?? 0);
        double token = record is { TokenTime.Samples: > 0 } ? record.TokenTime.Value : 1 / Math.Clamp(model.TokensPerSecond / 2.0, SlowestClaim, FastestClaim);
        return Math.Max(first, record?.WaitingSeconds(now) ?? 0) + (token * answer);
    }

    /// <summary>The offer's free slots, less what this node has started since, within the slots that it was seen to have.</summary>
    private static (int Free, double Freshness) FreeSlots(ModelRecord? record, CapacityOffer offer, ModelOffer model, DateTimeOffset now)
    {
        int offered = Math.Clamp(model.FreeSlots, 0, model.Slots);
        if (record is null)
        {
            return (offered, 1);
        }

        record.See(offer.Sequence, now);
        int running = record.Flights.Count;
        int slots = Math.Min(model.Slots, record.Slots.Read(now));
        int free = Math.Clamp(offered - (running - record.Offer.Flights), 0, Math.Max(0, slots - running));
        return (free, Math.Pow(0.5, Math.Max(0, (now - record.Offer.At) / OfferRepeat)));
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
