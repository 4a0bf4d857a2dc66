using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Capacity.Simulation;

/// <summary>Knows every worker's true speed, faults and free slots: of those in time that cost at most a tenth above the cheapest, the fastest.</summary>
internal sealed class OracleChooser(IReadOnlyList<SimWorker> workers) : IChooser
{
    private const double Band = 1.1;

    public static double Cheapest(IEnumerable<SimWorker> workers, SimJob job) =>
        workers.Where(w => w.CouldServe(job)).Select(w => w.Cost(job)).DefaultIfEmpty(double.NaN).Min();

    public SimWorker? Choose(SimJob job, IReadOnlySet<PeerId> tried, DateTimeOffset now)
    {
        double cheapest = Cheapest(workers, job);
        return workers.Where(w => w.CouldServe(job) && w.Cost(job) <= cheapest * Band).MinBy(w => w.FirstToken);
    }

    public object Started(SimWorker worker, DateTimeOffset now) => worker;

    public void Received(object run, int tokens, DateTimeOffset now)
    {
    }

    public void Ended(object run, FailureKind? failure, DateTimeOffset now)
    {
    }
}
