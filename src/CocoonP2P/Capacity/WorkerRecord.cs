using CocoonP2P.Ton;

namespace CocoonP2P.Capacity;

/// <summary>What this node has learnt of one worker.</summary>
internal sealed class WorkerRecord
{
    private readonly Dictionary<Bits256, ModelRecord> _models = [];

    public IReadOnlyDictionary<Bits256, ModelRecord> Models => _models;

    public DateTimeOffset FirstSeen { get; set; }

    public DateTimeOffset LastUsed { get; set; }

    /// <summary>Signed receipts that arrived, since the last misdeed.</summary>
    public uint Receipts { get; set; }

    /// <summary>Whether its platform was up to date when its evidence was last appraised.</summary>
    public bool UpToDate { get; set; }

    /// <summary>Seconds to open a session with it: two round trips and the appraisal.</summary>
    public RunningMean Opening { get; } = new();

    /// <summary>Failures that no other model of this worker would mend.</summary>
    public Backoff Backoff { get; } = new();

    /// <summary>The record of a model, made where there is none; the one that was used least lately makes room.</summary>
    public ModelRecord Of(Bits256 model)
    {
        if (_models.TryGetValue(model, out ModelRecord? known))
        {
            return known;
        }

        if (_models.Count >= Protocol.Limits.OfferModels
            && _models.Where(m => m.Value.Flights.Count == 0).OrderBy(m => m.Value.LastFinished).Select(m => (Bits256?)m.Key).FirstOrDefault() is { } oldest)
        {
            _models.Remove(oldest);
        }

        return _models[model] = new ModelRecord();
    }
}
