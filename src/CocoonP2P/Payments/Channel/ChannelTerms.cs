using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What a channel's address is made of (<c>terms$_</c>).</summary>
internal sealed record ChannelTerms(
    Bits256 ClientKey,
    Bits256 WorkerKey,
    int NetworkId,
    ulong Salt,
    uint ChallengePeriod,
    Address Client,
    Address Worker,
    Address Payout);
