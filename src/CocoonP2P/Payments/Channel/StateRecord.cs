using System.Collections.Immutable;

namespace CocoonP2P.Payments;

/// <summary>A state that the client signed, and how it came from the one before.</summary>
/// <param name="Body">What is signed.</param>
/// <param name="Changes">From the state before to this one; sent again as they are after a lost connection.</param>
/// <param name="PeerSignature">The other side's signature; own ones are made again when needed, always the same.</param>
/// <param name="SentAt">When it was first sent (client) or received (worker).</param>
/// <param name="Refusal">Why the worker does not countersign it; null where it did or may.</param>
internal sealed record StateRecord(
    StateBody Body,
    ImmutableArray<ChannelChange> Changes,
    Signature? PeerSignature,
    DateTimeOffset SentAt,
    string? Refusal = null);
