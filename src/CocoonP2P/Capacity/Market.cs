using CocoonP2P.Libp2p;
using CocoonP2P.Ton;

namespace CocoonP2P.Capacity;

/// <summary>Chooses a worker for each job and learns from what came of it, docs/protocol/gossip.md §4. Pure: time and chance are arguments.</summary>
internal sealed class Market(MarketSettings settings)
{
    public MarketMemory Memory { get; } = new();

    public MarketSettings Settings => settings;

    /// <summary>A worker for this job; null where nobody can take it now.</summary>
    /// <param name="offers">Of the moment; strangers' words.</param>
    /// <param name="job">What it needs.</param>
    /// <param name="excluded">Workers that had their try at it.</param>
    /// <param name="now">The time.</param>
    /// <param name="random">64 random bits.</param>
    public Choice? Choose(
        IReadOnlyList<CapacityOffer> offers, MarketJob job, IReadOnlySet<PeerId> excluded, DateTimeOffset now, ulong random)
    {
        List<Prospect> all = Prospects(offers, job, excluded, now);
        List<Prospect> ready = [.. all.Where(p => p.IsReady(now))];
        if (ready.Count == 0)
        {
            // Where everyone has failed lately, the one that may soonest try again is better than nobody.
            return all.Count > 0 && all.All(p => p.IsInBackoff) ? Take(all.MinBy(p => p.ReadyAt)!, isTrial: true, 1) : null;
        }

        // A job that has failed once teaches enough: it goes to those that are relied on.
        Chance chance = new(random);
        (Prospect chosen, bool isTrial) = new Field(ready, job.Deadline).Pick(ref chance, mayTry: excluded.Count == 0);
        return Take(chosen, isTrial, ready.Count);
    }

    /// <summary>The chosen worker gets the job: it counts against its slots until its outcome is told.</summary>
    public Flight Start(Choice choice, DateTimeOffset now)
    {
        PeerId.TryFromBytes(choice.Candidate.Offer.Worker.Span, out PeerId worker);
        Flight flight = new(worker, new Bits256(choice.Candidate.Model.Id.Span), now);
        ModelRecord record = Memory.Use(worker, now).Of(flight.Model);
        record.See(choice.Candidate.Offer.Sequence, now);
        record.Flights.Add(flight);
        return flight;
    }

    /// <summary>How long a job of this model may wait for a first token before another worker is asked too; null while too few were seen.</summary>
    public TimeSpan? HedgeAfter(Bits256 model) => Memory.Figures(model)?.HedgeAfter;

    /// <summary>The workers that meet the job's demands, free or not.</summary>
    internal List<Prospect> Prospects(
        IReadOnlyList<CapacityOffer> offers, MarketJob job, IReadOnlySet<PeerId> excluded, DateTimeOffset now)
    {
        Bits256 wanted = new(job.ModelId.Span);
        int answer = Memory.Figures(wanted)?.Expected(job.MaxTokens) ?? job.MaxTokens;
        List<Prospect> found = [];
        foreach (CapacityOffer offer in offers)
        {
            if (!PeerId.TryFromBytes(offer.Worker.Span, out PeerId worker) || excluded.Contains(worker))
            {
                continue;
            }

            WorkerRecord? known = Memory.Find(worker);
            foreach (ModelOffer model in offer.Models)
            {
                if (Screening.Blocks(offer, model, job, settings.Exposure(known?.Receipts ?? 0)) is null)
                {
                    ModelRecord? record = known?.Models.GetValueOrDefault(wanted);
                    found.Add(Forecast.Of(worker, known, record, offer, model, job, settings, answer, now));
                }
            }
        }

        return found;
    }

    private static Choice Take(Prospect chosen, bool isTrial, int among) => new(
        new Candidate(chosen.Offer, chosen.Model, (UInt128)Math.Min(chosen.Cost, 1e30)),
        TimeSpan.FromSeconds(Math.Min(chosen.Seconds, 1e6)), isTrial, among);
}
