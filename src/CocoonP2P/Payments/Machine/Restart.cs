using System.Collections.Immutable;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>A channel as it is after the process ended and began again.</summary>
internal static class Restart
{
    /// <summary>Jobs died with the process: they are over, and what they owe is still owed. Messages to the contract may
    /// or may not have been sent, so they are asked for again; the same ones, by their keys.</summary>
    /// <param name="durable">The state as the journal has it.</param>
    /// <param name="generation">Of the journal, as of this start.</param>
    /// <param name="restored">Whether the journal is older than what was once written to it.</param>
    public static ChannelState Of(ChannelState durable, ulong generation, bool restored) => durable with
    {
        Generation = generation,
        Sent = ImmutableDictionary<TxKey, DateTimeOffset?>.Empty,
        Orders = [],
        Jobs = durable.Jobs.Values.ToImmutableSortedDictionary(
            job => job.JobId,
            job => job with
            {
                Owed = job.PerhapsOwed,
                Ended = true,
                Waiting = null,
                Reserved = NanoTon.Zero,
            }),
        Phase = restored && durable.Phase is not (ChannelPhase.Proposed or ChannelPhase.Closing or ChannelPhase.Finishing or ChannelPhase.Closed)
            ? ChannelPhase.Restored
            : durable.Phase,
    };
}
