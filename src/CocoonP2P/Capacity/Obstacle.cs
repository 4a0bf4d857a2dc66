using CocoonP2P.Libp2p;

namespace CocoonP2P.Capacity;

/// <summary>What keeps a job from every worker there is.</summary>
/// <param name="Code">The last demand that the best of the offers fails.</param>
/// <param name="LeastLock">The least that the job would lock anywhere, nanoton; 0 where nobody offers the model.</param>
/// <param name="MostTrusted">The most that may be locked at the worker that is trusted most, nanoton.</param>
internal sealed record Obstacle(WhyNotCode Code, UInt128 LeastLock, ulong MostTrusted)
{
    /// <summary>Looks at all offers; null where some worker meets all demands and is only full or left alone.</summary>
    public static Obstacle? Of(Market market, IReadOnlyList<CapacityOffer> offers, MarketJob job)
    {
        Obstacle worst = new(offers.Count == 0 ? WhyNotCode.NoOffer : WhyNotCode.WrongModel, 0, 0);
        foreach (CapacityOffer offer in offers)
        {
            WorkerRecord? known = PeerId.TryFromBytes(offer.Worker.Span, out PeerId worker) ? market.Memory.Find(worker) : null;
            Protocol.NanoTon trusted = market.Settings.Exposure(known?.Receipts ?? 0);
            foreach (ModelOffer model in offer.Models)
            {
                if (Screening.Blocks(offer, model, job, trusted) is not { } code)
                {
                    return null;
                }

                if (code != WhyNotCode.WrongModel)
                {
                    UInt128 locked = Screening.MostCost(model, job);
                    worst = new Obstacle(
                        code > worst.Code ? code : worst.Code,
                        worst.LeastLock == 0 ? locked : UInt128.Min(worst.LeastLock, locked),
                        Math.Max(worst.MostTrusted, trusted.Value));
                }
            }
        }

        return worst;
    }
}
