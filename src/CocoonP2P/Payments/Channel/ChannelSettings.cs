using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Payments;

/// <summary>What never changes in the life of a channel.</summary>
/// <param name="Role">Which side this is.</param>
/// <param name="Terms">What its address is made of.</param>
/// <param name="Address">The hash of the pinned code and these terms, in workchain 0.</param>
/// <param name="Policy">This side's own bounds.</param>
internal sealed record ChannelSettings(ChannelRole Role, ChannelTerms Terms, Address Address, ChannelPolicy Policy)
{
    public Bits256 OwnKey => Role == ChannelRole.Client ? Terms.ClientKey : Terms.WorkerKey;

    public Bits256 PeerKey => Role == ChannelRole.Client ? Terms.WorkerKey : Terms.ClientKey;
}
