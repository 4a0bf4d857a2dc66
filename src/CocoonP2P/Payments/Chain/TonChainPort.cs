using CocoonP2P.Protocol;
using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;

namespace CocoonP2P.Payments;

/// <summary>The chain through endpoints of different operators: what decides about money needs a quorum of them.</summary>
/// <remarks>Data is decoded from the account's own cell; no get-method is believed.</remarks>
internal sealed class TonChainPort(IReadOnlyList<ITonClient> endpoints, WalletSender wallet) : IChainPort
{
    /// <summary>All of one or two, two of three and more.</summary>
    private readonly int _quorum = Math.Min(2, endpoints.Count);

    /// <inheritdoc/>
    public async Task<ChainView> ViewAsync(ChannelSettings channel, CancellationToken cancellation)
    {
        AccountState?[] answers = await Task.WhenAll(endpoints.Select(endpoint => AskAsync(endpoint, channel.Address, cancellation)));
        ChainView[] views = [.. answers.OfType<AccountState>().Select(answer => Decode(channel, answer))];
        if (views.Length < _quorum)
        {
            throw new ChainException(ChainException.Unreachable, $"{views.Length} of {endpoints.Count} endpoints answered");
        }

        // Of one account at one logical time there is one truth; its age differs from endpoint to endpoint.
        IGrouping<ChainView, ChainView>? agreed = views
            .GroupBy(view => view with { BlockTime = 0 })
            .Where(group => group.Count() >= _quorum)
            .MaxBy(group => group.Key.Lt);
        if (agreed is null)
        {
            throw new ChainException(ChainException.NoQuorum, "the endpoints show different states");
        }

        bool pending = agreed.Key.Status == ChannelAccount.Open && views.Any(view => view.Status == ChannelAccount.Closing);
        return agreed.Key with { BlockTime = agreed.Min(view => view.BlockTime), ClosePending = pending };
    }

    /// <inheritdoc/>
    public Task<NanoTon> BalanceAsync(CancellationToken cancellation) => wallet.BalanceAsync(cancellation);

    /// <inheritdoc/>
    public Task<bool> SubmitAsync(ChannelSettings channel, ulong epoch, SignedTx tx, CancellationToken cancellation)
    {
        string name = $"{channel.Address.Hash}/{epoch}/{tx.Tx.Key.Kind}/{tx.Tx.Key.Number}";
        bool once = tx.Tx.Key.Kind is TxKind.Open or TxKind.TopUp;
        return wallet.SendAsync(name, once, ChannelBodies.Message(channel, epoch, tx), cancellation);
    }

    private static async Task<AccountState?> AskAsync(ITonClient endpoint, Address address, CancellationToken cancellation)
    {
        try
        {
            return await endpoint.GetAddressInformationAsync(address, cancellation);
        }
        catch (TonException)
        {
            return null;
        }
    }

    private static ChainView Decode(ChannelSettings channel, AccountState account)
    {
        NanoTon balance = new((ulong)UInt128.Min(account.Balance.Nano, PriceList.AmountLimit - 1));
        ChainView view = new(account.LastTransaction.Lt, account.SyncTime, ChannelAccount.Absent, balance);
        if (account.Status == AccountStatus.Uninitialized)
        {
            return view;
        }

        if (account.Code?.Hash != JobChannel.Code.Hash || account.Data is null
            || !ChannelData.TryParse(account.Data, out ChannelData? data) || data.Terms != channel.Terms || !Fits(data))
        {
            return view with { Status = ChannelAccount.Foreign };
        }

        ChannelAccount status = data.Status switch
        {
            ChannelStatus.Open => ChannelAccount.Open,
            ChannelStatus.Closing => ChannelAccount.Closing,
            _ => ChannelAccount.Absent,
        };
        return view with
        {
            Status = status,
            Epoch = data.Epoch,
            Deposit = new NanoTon(data.Deposit.ToUInt64()),
            Paid = new NanoTon(data.Paid.ToUInt64()),
            Owed = new NanoTon(data.Owed.ToUInt64()),
            Seq = data.Seq,
            CloseAt = data.CloseAt,
            LocksHash = data.Roots.LocksHash,
            JobsRoot = data.Roots.JobsRoot,
        };
    }

    private static bool Fits(ChannelData data) =>
        data.Deposit.Nano < PriceList.AmountLimit && data.Paid.Nano < PriceList.AmountLimit && data.Owed.Nano < PriceList.AmountLimit;
}
