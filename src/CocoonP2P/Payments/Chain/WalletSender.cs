using CocoonP2P.Protocol;
using CocoonP2P.Storage;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>The one writer of a wallet. A transfer is journaled before it is sent, sent as the same bytes until the wallet
/// has used its number or its time is over, and only then is another one signed.</summary>
internal sealed class WalletSender(
    IReadOnlyList<ITonClient> endpoints, WalletV5R1 wallet, KeyPair key, IJournal journal, TimeProvider time, TimeSpan again) : IDisposable
{
    /// <summary>How long a signed transfer can be executed, by the chain's clock.</summary>
    private const uint Validity = 60;

    /// <summary>How far past its time the chain must be before a transfer is given up.</summary>
    private const uint Grace = 60;

    /// <summary>0.01 TON: left for the wallet's own fees.</summary>
    private const ulong OwnFees = 10_000_000;

    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <summary>Where the wallet lives, to fund it.</summary>
    public Address Address => wallet.Address;

    /// <summary>Coins of the wallet.</summary>
    /// <exception cref="ChainException">No endpoint answered.</exception>
    public async Task<NanoTon> BalanceAsync(CancellationToken cancellation)
    {
        AccountState account = await AccountAsync(cancellation);
        return new NanoTon((ulong)UInt128.Min(account.Balance.Nano, ulong.MaxValue));
    }

    /// <summary>Sends one message; true when the wallet executed it, false when it no longer can.</summary>
    /// <param name="name">What it is for. A transfer of this name that is still open is continued, not signed again.</param>
    /// <param name="once">Whether an executed transfer of this name settles the matter for ever.</param>
    /// <param name="message">To whom, how much, what.</param>
    /// <param name="cancellation">Ends the wait; what was journaled is continued by the next call.</param>
    /// <exception cref="ChainException">No endpoint answers, or the wallet is too poor.</exception>
    public async Task<bool> SendAsync(string name, bool once, InternalMessage message, CancellationToken cancellation)
    {
        await _writer.WaitAsync(cancellation);
        try
        {
            // Only one transfer is ever open. After a restart it may be another's; its number must be settled first.
            foreach (IntentRow open in journal.OpenIntents().Where(open => open.Name != name))
            {
                await FollowAsync(open, cancellation);
            }

            IntentRow? known = journal.Intent(name);
            if (known is { Outcome: 1 } && once)
            {
                return true;
            }

            if (known is not { Outcome: 0 })
            {
                known = await SignAsync(name, message, cancellation);
            }

            return await FollowAsync(known, cancellation);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private async Task<IntentRow> SignAsync(string name, InternalMessage message, CancellationToken cancellation)
    {
        AccountState account = await AccountAsync(cancellation);
        UInt128 needed = message.Value.Nano + OwnFees;
        if (account.Balance.Nano < needed)
        {
            throw new ChainException(ChainException.InsufficientFunds, $"wallet {wallet.Address} cannot cover {name}")
            {
                Needed = new NanoTon((ulong)needed),
                Available = new NanoTon((ulong)account.Balance.Nano),
            };
        }

        uint seqno = Seqno(account);
        uint validUntil = account.SyncTime + Validity;
        ExternalInMessage order = wallet.CreateTransfer(key, seqno, validUntil, [(message, SendMode.PayFeesSeparately)]);
        IntentRow intent = new(name, seqno, validUntil, BagOfCells.Encode(order.ToCell()), 0);
        await journal.WriteAsync([new JournalWrite.PutIntent(intent)], cancellation);
        return intent;
    }

    private async Task<bool> FollowAsync(IntentRow intent, CancellationToken cancellation)
    {
        Cell order = BagOfCells.Decode(intent.Boc);
        while (true)
        {
            AccountState account = await AccountAsync(cancellation);
            bool executed = Seqno(account) > intent.Seqno;
            if (executed || account.SyncTime > intent.ValidUntil + Grace)
            {
                await journal.WriteAsync([new JournalWrite.PutIntent(intent with { Outcome = executed ? 1 : 2 })], cancellation);
                return executed;
            }

            await SendToAllAsync(order, cancellation);
            await Task.Delay(again, time, cancellation);
        }
    }

    private async Task SendToAllAsync(Cell order, CancellationToken cancellation)
    {
        foreach (ITonClient endpoint in endpoints)
        {
            try
            {
                await endpoint.SendBocAsync(order, cancellation);
            }
            catch (TonException)
            {
                // A refusal proves nothing: the wallet may have executed it already. Its number decides.
            }
        }
    }

    /// <summary>The wallet as the newest of the endpoints shows it.</summary>
    private async Task<AccountState> AccountAsync(CancellationToken cancellation)
    {
        AccountState? newest = null;
        TonException? last = null;
        foreach (ITonClient endpoint in endpoints)
        {
            try
            {
                AccountState account = await endpoint.GetAddressInformationAsync(wallet.Address, cancellation);
                newest = newest is null || account.LastTransaction.Lt > newest.LastTransaction.Lt ? account : newest;
            }
            catch (TonException e)
            {
                last = e;
            }
        }

        return newest ?? throw new ChainException(ChainException.Unreachable, "no endpoint shows the wallet", last);
    }

    /// <summary>The number that the next order must carry: <c>is_signature_allowed:Bool seqno:uint32 …</c>, 0 before the
    /// wallet is deployed.</summary>
    private static uint Seqno(AccountState account)
    {
        if (account.Status == AccountStatus.Uninitialized)
        {
            return 0;
        }

        ulong seqno = 0;
        CellSlice? data = account.Code?.Hash == WalletV5R1.Code.Hash ? account.Data?.BeginParse() : null;
        return data is not null && data.TryLoadUint(1, out ulong _) && data.TryLoadUint(32, out seqno)
            ? (uint)seqno
            : throw new ChainException(ChainException.Unreachable, "an endpoint shows something else where the wallet is");
    }
}
