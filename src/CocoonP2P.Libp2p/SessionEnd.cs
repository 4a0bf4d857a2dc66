namespace CocoonP2P.Libp2p;

/// <summary>Why a connection ended.</summary>
/// <param name="Code">Stable: <c>closed-here</c>, <c>closed-there</c>, <c>go-away</c>, <c>idle</c>, <c>keep-alive</c>, <c>trimmed</c>, or the code of the error.</param>
/// <param name="Detail">For people.</param>
public sealed record SessionEnd(string Code, string Detail);
