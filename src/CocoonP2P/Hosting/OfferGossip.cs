using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Peers;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;

namespace CocoonP2P.Hosting;

/// <summary>The offers topic: every node keeps the book, a worker repeats its own offer, at once when its slots change.</summary>
internal sealed class OfferGossip
{
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(10);

    /// <summary>How soon a change of the free slots is told, and how soon a new neighbour hears of this worker.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly byte[] _networkId;
    private readonly TimeProvider _time;
    private readonly IPeerNetwork _network;
    private readonly OfferBook _book;
    private readonly Lock _gate = new();
    private readonly IGossipTopic _topic;
    private ulong _sequence;

    public OfferGossip(IPeerNetwork network, byte[] networkId, TimeProvider time)
    {
        (_network, _networkId, _time) = (network, networkId, time);
        _book = new OfferBook(networkId);
        _sequence = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
        _topic = network.Join($"/cocoonp2p/offers/1/{Convert.ToHexStringLower(networkId.AsSpan(0, 8))}", Judge);
    }

    public IReadOnlyList<CapacityOffer> Live()
    {
        lock (_gate)
        {
            return _book.Live(_time.GetUtcNow());
        }
    }

    public void Drop(ReadOnlyMemory<byte> worker)
    {
        lock (_gate)
        {
            _book.Drop(worker);
        }
    }

    /// <summary>A worker's loop.</summary>
    public async Task PublishAsync(IInferenceBackend backend, ushort teeKind, byte[] measurement, ulong pricePerMillion, CancellationToken cancellationToken)
    {
        long last = 0;
        (int Free, int Peers) told = (-1, -1);

        // A new neighbour's streams may not be ready for what is said at once, so a change is repeated soon, then seldom.
        TimeSpan interval = Look;
        while (true)
        {
            (int Free, int Peers) now = (backend.Models.Sum(m => m.FreeSlots), _network.Connected.Count);
            if (now != told || _time.GetElapsedTime(last) >= interval)
            {
                interval = now != told ? Look : TimeSpan.FromTicks(Math.Min(2 * interval.Ticks, Repeat.Ticks));
                await _topic.PublishAsync(Wire.Encode(MakeOffer(backend, teeKind, measurement, pricePerMillion)), cancellationToken);
                (told, last) = (now, _time.GetTimestamp());
            }

            await Task.Delay(Look, _time, cancellationToken);
        }
    }

    private CapacityOffer MakeOffer(IInferenceBackend backend, ushort teeKind, byte[] measurement, ulong pricePerMillion)
    {
        DateTimeOffset now = _time.GetUtcNow();
        CapacityOffer offer = new()
        {
            NetworkId = _networkId,
            Worker = _network.PeerId,
            Sequence = ++_sequence,
            IssuedAt = now,
            Expires = now + Limits.OfferLife,
            Addresses = [.. _network.ListenAddresses.Take(Limits.OfferAddresses)],
            TeeKind = teeKind,
            Measurement = measurement,
            Region = "",
            Models = [.. backend.Models.Take(Limits.OfferModels).Select(m => new ModelOffer(
                m.Name, m.Id, m.ContextTokens, pricePerMillion, pricePerMillion, m.Slots, m.FreeSlots, m.TokensPerSecond))],
            Signature = new byte[64],
        };
        return offer with { Signature = _network.Sign(offer.BytesToSign()) };
    }

    private GossipVerdict Judge(byte[] author, ReadOnlyMemory<byte> data)
    {
        if (!Wire.TryDecode(data, Limits.OfferBytes, out CapacityOffer? offer, out _)
            || !offer.Worker.Span.SequenceEqual(author)
            || !HandshakeCrypto.Verify(offer.Worker.Span, offer.BytesToSign(), offer.Signature.Span))
        {
            return GossipVerdict.Reject;
        }

        lock (_gate)
        {
            return _book.Take(offer, _time.GetUtcNow()) switch
            {
                OfferOutcome.Accept => GossipVerdict.Accept,
                OfferOutcome.Ignore => GossipVerdict.Ignore,
                _ => GossipVerdict.Reject,
            };
        }
    }
}
