using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What both sign for a state, apart from network, channel and epoch (<c>state#4a435301</c>).</summary>
/// <param name="Seq">Rises by one with each state, from 1.</param>
/// <param name="Cumulative">All that the client has paid in this epoch.</param>
/// <param name="LocksHash">Root of the open locks, zero for none.</param>
/// <param name="JobsRoot">Root of the finished jobs' records, zero for none.</param>
internal sealed record StateBody(ulong Seq, NanoTon Cumulative, Bits256 LocksHash, Bits256 JobsRoot)
{
    public static readonly StateBody Initial = new(0, NanoTon.Zero, default, default);
}
