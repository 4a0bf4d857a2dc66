using CocoonP2P.Libp2p;
using CocoonP2P.Ton;

namespace CocoonP2P.Capacity;

/// <summary>The records of the workers that this node has dealt with; the least lately used makes room for the next.</summary>
internal sealed class MarketMemory
{
    /// <summary>As many as the offers that are kept.</summary>
    public const int Workers = Protocol.Limits.OffersKept;

    /// <summary>Models whose general figures are kept.</summary>
    private const int Models = 1024;

    private readonly Dictionary<PeerId, WorkerRecord> _workers = [];
    private readonly Dictionary<Bits256, ModelFigures> _models = [];
    private readonly HashSet<PeerId> _changed = [];
    private readonly HashSet<PeerId> _forgotten = [];

    public IEnumerable<KeyValuePair<PeerId, WorkerRecord>> All => _workers;

    public WorkerRecord? Find(PeerId worker) => _workers.GetValueOrDefault(worker);

    public ModelRecord? Find(PeerId worker, Bits256 model) => Find(worker)?.Models.GetValueOrDefault(model);

    public ModelFigures? Figures(Bits256 model) => _models.GetValueOrDefault(model);

    /// <summary>The general figures of a model that was used.</summary>
    public ModelFigures Use(Bits256 model)
    {
        if (!_models.TryGetValue(model, out ModelFigures? figures))
        {
            if (_models.Count >= Models)
            {
                _models.Remove(_models.Keys.First());
            }

            _models[model] = figures = new ModelFigures();
        }

        return figures;
    }

    /// <summary>The record of a worker that is dealt with now; it counts as changed.</summary>
    public WorkerRecord Use(PeerId worker, DateTimeOffset now)
    {
        if (!_workers.TryGetValue(worker, out WorkerRecord? record))
        {
            MakeRoom();
            _workers[worker] = record = new WorkerRecord { FirstSeen = now };
            _forgotten.Remove(worker);
        }

        record.LastUsed = now;
        _changed.Add(worker);
        return record;
    }

    /// <summary>Puts a record back that was kept on disk.</summary>
    public void Restore(PeerId worker, WorkerRecord record)
    {
        if (_workers.Count < Workers)
        {
            _workers[worker] = record;
        }
        else
        {
            _forgotten.Add(worker);
        }
    }

    /// <summary>What changed since the last call; null for a record that was forgotten.</summary>
    public IReadOnlyList<(PeerId Worker, WorkerRecord? Record)> TakeChanges()
    {
        List<(PeerId, WorkerRecord?)> changes = [.. _changed.Select(w => (w, _workers.GetValueOrDefault(w))), .. _forgotten.Select(w => (w, (WorkerRecord?)null))];
        _changed.Clear();
        _forgotten.Clear();
        return changes;
    }

    private void MakeRoom()
    {
        if (_workers.Count < Workers)
        {
            return;
        }

        PeerId oldest = _workers.MinBy(w => (w.Value.Models.Values.Any(m => m.Flights.Count > 0), w.Value.LastUsed)).Key;
        _workers.Remove(oldest);
        _changed.Remove(oldest);
        _forgotten.Add(oldest);
    }
}
