using CocoonP2P.Libp2p;
using CocoonP2P.Sessions;
using CocoonP2P.Storage;
using CocoonP2P.Ton;

namespace CocoonP2P.Capacity;

/// <summary>The market of a running client: gives it the time, chance and offers of the moment, one caller at a time, and keeps on disk what it learnt.</summary>
internal sealed class MarketKeeper(
    MarketSettings settings, Func<IReadOnlyList<CapacityOffer>> offers, IJournal journal, RandomSource random, TimeProvider time)
{
    /// <summary>How often what was learnt is written: a kill loses this much.</summary>
    private static readonly TimeSpan Save = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Market _market = new(settings);

    /// <summary>A worker for this job; null where nobody can take it now.</summary>
    /// <param name="job">What it needs.</param>
    /// <param name="excluded">Workers that had their try at it.</param>
    public Choice? Choose(MarketJob job, IReadOnlySet<PeerId> excluded)
    {
        Span<byte> chance = stackalloc byte[sizeof(ulong)];
        random(chance);
        lock (_gate)
        {
            return _market.Choose(offers(), job, excluded, time.GetUtcNow(), BitConverter.ToUInt64(chance));
        }
    }

    /// <summary>Takes the chosen worker; dispose the ticket when the job is over.</summary>
    public MarketTicket Begin(Choice choice)
    {
        lock (_gate)
        {
            return new MarketTicket(this, _market.Start(choice, time.GetUtcNow()));
        }
    }

    /// <summary>A session with a worker opened.</summary>
    /// <param name="worker">Peer id.</param>
    /// <param name="opening">What it took.</param>
    /// <param name="verdict">On its evidence.</param>
    public void Opened(ReadOnlyMemory<byte> worker, TimeSpan opening, Verdict verdict)
    {
        if (PeerId.TryFromBytes(worker.Span, out PeerId peer))
        {
            Learn((market, now) => market.Opened(peer, opening, verdict.TcbStatus == "UpToDate", now));
        }
    }

    /// <summary>A worker's signed receipt arrived and holds.</summary>
    public void Receipted(ReadOnlyMemory<byte> worker)
    {
        if (PeerId.TryFromBytes(worker.Span, out PeerId peer))
        {
            Learn((market, now) => market.Receipted(peer, now));
        }
    }

    /// <summary>How long a job of this model may wait for a first token before another worker is asked too; null while too few were seen.</summary>
    public TimeSpan? HedgeAfter(ReadOnlyMemory<byte> model)
    {
        lock (_gate)
        {
            return _market.HedgeAfter(new Bits256(model.Span));
        }
    }

    /// <summary>How long this worker's stream may be silent before it counts as dead.</summary>
    public TimeSpan StallBoundOf(ReadOnlyMemory<byte> worker, ReadOnlyMemory<byte> model)
    {
        lock (_gate)
        {
            return StallBound.Of(PeerId.TryFromBytes(worker.Span, out PeerId peer) ? _market.Memory.Find(peer, new Bits256(model.Span)) : null);
        }
    }

    /// <summary>When a job that nobody can take now should come back; null where no worker could ever take it.</summary>
    /// <param name="job">What it needs.</param>
    /// <param name="excluded">Workers that had their try at it.</param>
    /// <param name="ahead">Jobs of this node that wait before it.</param>
    public TimeSpan? RetryAfter(MarketJob job, IReadOnlySet<PeerId> excluded, int ahead)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            return RetryEstimate.Of(_market.Prospects(offers(), job, excluded, now), ahead, now);
        }
    }

    /// <summary>What keeps a job from every worker; null where some are only taken.</summary>
    public Obstacle? ObstacleOf(MarketJob job)
    {
        lock (_gate)
        {
            return Obstacle.Of(_market, offers(), job);
        }
    }

    /// <summary>Every worker that offers something or is remembered.</summary>
    public IReadOnlyList<PeerView> Peers()
    {
        lock (_gate)
        {
            return PeerViews.All(_market, offers(), time.GetUtcNow());
        }
    }

    /// <summary>Why a worker would get such a job, or not.</summary>
    public Explanation Explain(PeerId worker, string model, MarketJob job)
    {
        lock (_gate)
        {
            return Explainer.Explain(_market, worker, model, job, offers(), time.GetUtcNow());
        }
    }

    internal void Learn(Action<Market, DateTimeOffset> what)
    {
        lock (_gate)
        {
            what(_market, time.GetUtcNow());
        }
    }

    /// <summary>Puts back what was learnt before this start; a record that cannot be read is forgotten.</summary>
    public void Load()
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            foreach ((byte[] worker, byte[] record) in journal.Market())
            {
                if (PeerId.TryFromBytes(worker, out PeerId peer) && RecordCodec.TryDecode(record, now, out WorkerRecord? known))
                {
                    _market.Memory.Restore(peer, known);
                }
            }
        }
    }

    /// <summary>Writes what was learnt, every two seconds in which anything was, and at the end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Save, time, cancellationToken);
                await SaveAsync();
            }
        }
        finally
        {
            await SaveAsync();
        }
    }

    private async Task SaveAsync()
    {
        List<JournalWrite> writes = [];
        lock (_gate)
        {
            foreach ((PeerId worker, WorkerRecord? record) in _market.Memory.TakeChanges())
            {
                writes.Add(new JournalWrite.PutMarket(worker.ToBytes(), record is null ? null : RecordCodec.Encode(record)));
            }
        }

        if (writes.Count > 0)
        {
            await journal.WriteAsync(writes, CancellationToken.None);
        }
    }
}
