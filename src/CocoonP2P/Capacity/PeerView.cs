using CocoonP2P.Libp2p;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Capacity;

/// <summary>What this node knows of one worker: what it says, and what was measured.</summary>
/// <param name="Peer">Its id as text.</param>
/// <param name="HasOffer">Whether an offer of it counts now.</param>
/// <param name="Region">As it says.</param>
/// <param name="TeeKind">Of its offer; 0 without one.</param>
/// <param name="Receipts">Signed receipts that came, since the last misdeed.</param>
/// <param name="Exposure">Most that one job may lock there.</param>
/// <param name="UpToDate">Whether its platform was, when its evidence was last appraised; null where it never was.</param>
/// <param name="OpeningSeconds">Of a session; null where none was opened.</param>
/// <param name="LastUsed">Null for a stranger.</param>
/// <param name="Models">Offered or remembered.</param>
internal sealed record PeerView(
    string Peer, bool HasOffer, string Region, ushort TeeKind, uint Receipts, NanoTon Exposure, bool? UpToDate, double? OpeningSeconds,
    DateTimeOffset? LastUsed, IReadOnlyList<PeerModelView> Models);

/// <summary>One model of a worker.</summary>
/// <param name="Name">As offered; else the id.</param>
/// <param name="Id">Hex of its id.</param>
/// <param name="Offer">Null where it is only remembered.</param>
/// <param name="Record">Null where nothing was measured.</param>
/// <param name="Success">Chance that a job ends well there.</param>
/// <param name="LeftAloneUntil">Null where it is not.</param>
/// <param name="LastFailure">Null where none counts.</param>
internal sealed record PeerModelView(
    string Name, string Id, ModelOffer? Offer, ModelRecord? Record, double Success, DateTimeOffset? LeftAloneUntil, FailureKind? LastFailure);

/// <summary>Makes the views.</summary>
internal static class PeerViews
{
    /// <summary>Every worker that offers something now or is remembered, the one that was used last first.</summary>
    public static IReadOnlyList<PeerView> All(Market market, IReadOnlyList<CapacityOffer> offers, DateTimeOffset now)
    {
        Dictionary<PeerId, CapacityOffer> live = [];
        foreach (CapacityOffer offer in offers)
        {
            if (PeerId.TryFromBytes(offer.Worker.Span, out PeerId peer))
            {
                live[peer] = offer;
            }
        }

        return
        [
            .. live.Keys.Concat(market.Memory.All.Select(w => w.Key)).Distinct()
                .Select(peer => Of(market, peer, live.GetValueOrDefault(peer), now)).OrderByDescending(v => v.LastUsed ?? default).ThenBy(v => v.Peer, StringComparer.Ordinal),
        ];
    }

    private static PeerView Of(Market market, PeerId peer, CapacityOffer? offer, DateTimeOffset now)
    {
        WorkerRecord? known = market.Memory.Find(peer);
        Dictionary<Bits256, ModelOffer> offered = [];
        foreach (ModelOffer model in offer?.Models ?? [])
        {
            offered[new Bits256(model.Id.Span)] = model;
        }

        return new PeerView(
            peer.ToString(), offer is not null, offer?.Region ?? "", offer?.TeeKind ?? 0, known?.Receipts ?? 0,
            market.Settings.Exposure(known?.Receipts ?? 0), known is { Opening.Samples: > 0 } ? known.UpToDate : null,
            known is { Opening.Samples: > 0 } ? known.Opening.Value : null, known?.LastUsed,
            [.. offered.Keys.Concat(known?.Models.Keys ?? []).Distinct().Select(id => Of(id, offered.GetValueOrDefault(id), known, now))]);
    }

    private static PeerModelView Of(Bits256 id, ModelOffer? offer, WorkerRecord? known, DateTimeOffset now)
    {
        ModelRecord? record = known?.Models.GetValueOrDefault(id);
        Backoff? worse = record is not null && record.Backoff.Until >= known!.Backoff.Until ? record.Backoff : known?.Backoff;
        string hex = Convert.ToHexStringLower(id.ToArray());
        return new PeerModelView(
            offer?.Name ?? hex, hex, offer, record, record?.Success(now) ?? 1,
            worse is not null && worse.Until > now ? worse.Until : null, worse is { Failures: > 0 } ? worse.Last : null);
    }
}
