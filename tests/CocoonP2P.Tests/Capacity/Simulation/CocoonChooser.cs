using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Capacity.Simulation;

/// <summary>The ancestor's rule: the least running jobs times mean time of a request, however it ended.</summary>
internal sealed class CocoonChooser(IReadOnlyList<SimWorker> workers) : IChooser
{
    private readonly Dictionary<SimWorker, (int Running, RunningMean Time)> _known = workers.ToDictionary(w => w, _ => (0, new RunningMean()));

    public SimWorker? Choose(SimJob job, IReadOnlySet<PeerId> tried, DateTimeOffset now) => workers
        .Where(w => !tried.Contains(w.Peer) && _known[w].Running < w.Offer.Models[0].Slots)
        .MinBy(w => (_known[w].Running + 1) * (_known[w].Time.Samples == 0 ? 1 : _known[w].Time.Value));

    public object Started(SimWorker worker, DateTimeOffset now)
    {
        _known[worker] = (_known[worker].Running + 1, _known[worker].Time);
        return (worker, now);
    }

    public void Received(object run, int tokens, DateTimeOffset now)
    {
    }

    public void Ended(object run, FailureKind? failure, DateTimeOffset now)
    {
        (SimWorker worker, DateTimeOffset started) = ((SimWorker, DateTimeOffset))run;
        _known[worker] = (_known[worker].Running - 1, _known[worker].Time);
        _known[worker].Time.Add((now - started).TotalSeconds, now);
    }
}
