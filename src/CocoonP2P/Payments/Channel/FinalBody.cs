using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What both sign to end a channel at once (<c>final#4a435303</c>).</summary>
/// <param name="Seq">That of the newest state.</param>
/// <param name="Cumulative">What the worker has earned in all.</param>
/// <param name="ValidUntil">Unix seconds of chain time, at most ten minutes ahead.</param>
/// <param name="JobsRoot">Root of the finished jobs' records.</param>
internal sealed record FinalBody(ulong Seq, NanoTon Cumulative, uint ValidUntil, Bits256 JobsRoot)
{
    public bool SplitsLike(FinalBody other) =>
        Seq == other.Seq && Cumulative == other.Cumulative && JobsRoot == other.JobsRoot;
}
