namespace CocoonP2P.Libp2p;

/// <summary>A message of a topic, its author proven by the signature.</summary>
/// <param name="From">The author.</param>
/// <param name="Topic">Where it was published.</param>
/// <param name="Data">What it says.</param>
/// <param name="Sequence">Grows with each message of an author.</param>
/// <param name="ReceivedFrom">The neighbour that brought it.</param>
public sealed record PubsubMessage(PeerId From, string Topic, ReadOnlyMemory<byte> Data, ulong Sequence, PeerId ReceivedFrom);
