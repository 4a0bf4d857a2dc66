namespace CocoonP2P.Networks;

/// <summary>Software that a network's policy accepts: MRTD and RTMR0 to 3, 48 bytes each.</summary>
internal sealed record ReferenceMeasurement(string Name, byte[] MrTd, IReadOnlyList<byte[]> Rtmrs);
