namespace CocoonP2P.Libp2p;

/// <summary>A message id as the router keeps it: 16 bytes of a keyed hash, so that nobody can choose ids that collide.</summary>
internal readonly record struct MessageId(UInt128 Hash);
