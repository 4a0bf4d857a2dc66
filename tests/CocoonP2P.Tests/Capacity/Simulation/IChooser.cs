using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Capacity.Simulation;

/// <summary>A rule of choice and what it is told.</summary>
internal interface IChooser
{
    SimWorker? Choose(SimJob job, IReadOnlySet<PeerId> tried, DateTimeOffset now);

    /// <summary>The chosen worker gets the job; what is returned names it below.</summary>
    object Started(SimWorker worker, DateTimeOffset now);

    void Received(object run, int tokens, DateTimeOffset now);

    /// <summary>It ended, with an answer where <paramref name="failure"/> is null.</summary>
    void Ended(object run, FailureKind? failure, DateTimeOffset now);
}
