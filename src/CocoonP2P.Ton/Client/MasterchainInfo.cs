namespace CocoonP2P.Ton;

/// <summary>The newest block that an endpoint knows.</summary>
/// <param name="Seqno">Its number in the masterchain.</param>
/// <param name="RootHash">Its hash.</param>
public readonly record struct MasterchainInfo(uint Seqno, Bits256 RootHash);
