using System.Globalization;
using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;
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
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerId, Slot> _slots = [];
    private readonly List<WorkerLink> _retired = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>An attested session with this worker. Many may ask at once: they share one, and no worker waits for another.</summary>
    /// <exception cref="PeerUnreachableException">It does not answer.</exception>
    /// <exception cref="SessionException">Its evidence was refused, or it broke the protocol.</exception>
    public async Task<WorkerLink> GetAsync(CapacityOffer offer, CancellationToken cancellationToken)
    {
        if (!PeerId.TryFromBytes(offer.Worker.Span, out PeerId worker))
        {
            throw new PeerUnreachableException("no peer id", new FormatException());
        }

        Task<WorkerLink> opening;
        lock (_gate)
        {
            if (!_slots.TryGetValue(worker, out Slot? slot))
            {
                _slots[worker] = slot = new Slot();
            }

            if (slot.Link is { IsEnded: false } link && link.Session.Verdict!.ValidUntil > time.GetUtcNow())
            {
                return link;
            }

            if (slot.Link is { } old)
            {
                _retired.Add(old);
                slot.Link = null;
            }

            slot.Opening = opening = slot.Opening is { IsCompleted: false } begun ? begun : ConnectAsync(slot, offer);
        }

        return await opening.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Stop();
        foreach (Slot slot in _slots.Values)
        {
            if (slot.Opening is { IsCompleted: false } opening)
            {
                await Task.WhenAny(opening);
            }

            if (slot.Link is { } link)
            {
                await link.DisposeAsync();
            }
        }

        foreach (WorkerLink link in _retired)
        {
            await link.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task<WorkerLink> ConnectAsync(Slot slot, CapacityOffer offer)
    {
        await DisposeIdleAsync();
        using CancellationTokenSource timer = new(ClientSettings.ConnectTime, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, _stop.Token);
        try
        {
            WorkerLink opened = new(await OpenAsync(offer, either.Token), channels, receipts, log);
            lock (_gate)
            {
                slot.Link = opened;
            }

            return opened;
        }
        catch (OperationCanceledException e) when (!_stop.IsCancellationRequested)
        {
            throw new PeerUnreachableException($"no session within {ClientSettings.ConnectTime.TotalSeconds} s", e);
        }
    }

    /// <summary>A session whose verdict has aged serves the jobs that it has, and then ends.</summary>
    private async Task DisposeIdleAsync()
    {
        List<WorkerLink> idle;
        lock (_gate)
        {
            idle = [.. _retired.Where(link => link.IsIdle || link.IsEnded)];
            _retired.RemoveAll(idle.Contains);
        }

        foreach (WorkerLink link in idle)
        {
            await link.DisposeAsync();
        }
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

    /// <summary>One worker's session: open, or being opened.</summary>
    private sealed class Slot
    {
        public WorkerLink? Link { get; set; }

        public Task<WorkerLink>? Opening { get; set; }
    }
}
