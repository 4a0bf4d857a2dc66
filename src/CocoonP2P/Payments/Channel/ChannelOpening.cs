using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Payments;

/// <summary>Makes a channel from a quote, on either side. The address is computed here, never accepted.</summary>
internal static class ChannelOpening
{
    /// <summary>A client's channel with the worker of a genuine quote.</summary>
    /// <param name="quote">Genuine and valid.</param>
    /// <param name="clientKey">A key made for this channel alone.</param>
    /// <param name="client">The client's wallet.</param>
    /// <param name="salt">Random.</param>
    /// <param name="policy">This side's bounds.</param>
    /// <param name="period">One of the quote's challenge periods, in seconds.</param>
    public static ChannelState ForClient(
        Quote quote, Bits256 clientKey, Address client, ulong salt, ChannelPolicy policy, uint period)
    {
        Invariant.Holds(quote.IsSound && quote.Periods.Contains(period), "a channel is made from a sound quote");
        ChannelTerms terms = new(clientKey, quote.WorkerKey, quote.NetworkId, salt, period, client, quote.Worker, quote.Payout);
        return new ChannelState
        {
            Settings = new ChannelSettings(ChannelRole.Client, terms, terms.Address, policy with { Credit = quote.Credit }),
        };
    }

    /// <summary>A worker's side of the channel that a client proposes; false with a code where the terms are not those of
    /// its own quote.</summary>
    public static bool TryForWorker(
        ChannelTermsMessage message,
        Quote own,
        ChannelPolicy policy,
        [NotNullWhen(true)] out ChannelState? state,
        [NotNullWhen(false)] out string? code)
    {
        (state, code) = (null, PaymentCode.BadTerms);
        ChannelTerms terms = message.Terms;
        if (!terms.ArePayable || terms.NetworkId != own.NetworkId || terms.WorkerKey != own.WorkerKey
            || terms.Worker != own.Worker || terms.Payout != own.Payout || !own.Periods.Contains(terms.ChallengePeriod)
            || terms.ClientKey.IsZero || terms.ClientKey == terms.WorkerKey)
        {
            return false;
        }

        Address address = terms.Address;
        if (address.Hash != message.Channel)
        {
            return false;
        }

        state = new ChannelState
        {
            Settings = new ChannelSettings(ChannelRole.Worker, terms, address, policy with { Credit = own.Credit }),
        };
        code = null;
        return true;
    }
}
