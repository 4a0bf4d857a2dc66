using System.Globalization;
using CocoonP2P.Capacity;
using CocoonP2P.Payments;
using CocoonP2P.Peers;
using CocoonP2P.Sessions;
using CocoonP2P.Telemetry;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>A client's sessions, one a worker: opened when first needed, kept while they are whole.</summary>
internal sealed class WorkerLinks(
    IPeerNetwork network, byte[] networkId, IEvidenceAppraiser appraiser, ChannelDirectory channels, ReceiptBook receipts, MarketKeeper market, Timeline timeline, TimeProvider time,
    RandomSource random, ILogger log) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, WorkerLink> _links = [];

    /// <summary>An attested session with this worker.</summary>
    /// <exception cref="PeerUnreachableException">It does not answer.</exception>
    /// <exception cref="SessionException">Its evidence was refused, or it broke the protocol.</exception>
    public async Task<WorkerLink> GetAsync(CapacityOffer offer, CancellationToken cancellationToken)
    {
        string worker = Convert.ToHexStringLower(offer.Worker.Span);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_links.TryGetValue(worker, out WorkerLink? known))
            {
                if (!known.IsEnded && known.Session.Verdict!.ValidUntil > time.GetUtcNow())
                {
                    return known;
                }

                _links.Remove(worker);
                await known.DisposeAsync();
            }

            WorkerLink opened = new(await OpenAsync(offer, cancellationToken), channels, receipts, log);
            _links[worker] = opened;
            return opened;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WorkerLink link in _links.Values)
        {
            await link.DisposeAsync();
        }

        _gate.Dispose();
    }

    private async Task<AttestedSession> OpenAsync(CapacityOffer offer, CancellationToken cancellationToken)
    {
        IPeerSession peer = await network.ConnectAsync(offer.Worker.ToArray(), offer.Addresses, cancellationToken);
        long started = time.GetTimestamp();
        IPeerStream stream = await peer.OpenStreamAsync(SessionLimits.Protocol, cancellationToken);
        HandshakeParameters own = new()
        {
            PeerId = network.PeerId,
            Sign = network.Sign,
            RemotePeer = offer.Worker.ToArray(),
            NetworkId = networkId,
            ChannelBinding = peer.ChannelBinding,
            AcceptedTeeKinds = appraiser.AcceptedTeeKinds,
            PolicyHash = appraiser.PolicyHash,
            Random = random,
        };
        try
        {
            AttestedSession session = await SessionProtocol.OpenAsync(stream, own, appraiser, time, cancellationToken);
            TimeSpan opening = time.GetElapsedTime(started);
            market.Opened(offer.Worker, opening, session.Verdict!);
            string elapsed = opening.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
            timeline.Add(
                "session-open", "", ("ms", elapsed), ("verdict", session.Verdict!.ToString()),
                ("session", Convert.ToHexStringLower(session.Id.AsSpan(0, 8))));
            return session;
        }
        catch (Exception e) when (e is SessionException or IOException)
        {
            stream.Reset();
            throw;
        }
    }
}
