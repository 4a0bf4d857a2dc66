namespace CocoonP2P.Ton;

// signature:bits512 wallet_id:uint32 valid_until:uint32 seqno:uint32 op:uint8 { mode:uint8 msg:^Message }

/// <summary>The wallet before version 5, for owners who have one: up to four messages an order.</summary>
public sealed class WalletV4R2
{
    /// <summary>The most messages in one order.</summary>
    public const int MaxMessages = 4;

    /// <summary>The wallet id that every wallet application uses in workchain 0.</summary>
    public const int DefaultWalletId = 698_983_191;

    /// <summary>The pinned code; an account with any other is not such a wallet.</summary>
    public static readonly Cell Code = BagOfCells.DecodeBase64(WalletCode.V4R2);

    /// <summary>The wallet of a key; its address is the same on every network.</summary>
    public WalletV4R2(Bits256 publicKey, int walletId = DefaultWalletId)
    {
        PublicKey = publicKey;
        WalletId = walletId;
        Init = new StateInit(Code, new CellBuilder()
            .StoreUint(0UL, 32)
            .StoreInt(walletId, 32)
            .StoreBits256(publicKey)
            .StoreBit(false)
            .EndCell());
        Address = Init.AddressIn(0);
    }

    /// <summary>The owner's key.</summary>
    public Bits256 PublicKey { get; }

    /// <summary>Signed with each order.</summary>
    public int WalletId { get; }

    /// <summary>Deploys the wallet with its first order.</summary>
    public StateInit Init { get; }

    /// <summary>Where it lives, workchain 0.</summary>
    public Address Address { get; }

    /// <summary>Signs an order, as <see cref="WalletV5R1.CreateTransfer"/> does, of one to four messages.</summary>
    public ExternalInMessage CreateTransfer(
        KeyPair key, uint seqno, uint validUntil, IReadOnlyList<(InternalMessage Message, SendMode Mode)> messages)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(messages);
        if (key.PublicKey != PublicKey || messages.Count is 0 or > MaxMessages)
        {
            throw new ArgumentException("The order needs the owner's key and 1 to 4 messages.", nameof(messages));
        }

        CellBuilder order = new CellBuilder()
            .StoreInt(WalletId, 32)
            .StoreUint(validUntil, 32)
            .StoreUint(seqno, 32)
            .StoreUint(0UL, 8);
        foreach ((InternalMessage message, SendMode mode) in messages)
        {
            order.StoreUint((ulong)(mode | SendMode.IgnoreErrors), 8).StoreRef(message.ToCell());
        }

        byte[] signature = key.Sign(order.EndCell());
        return new ExternalInMessage(
            Address, new CellBuilder().StoreBytes(signature).StoreBuilder(order).EndCell(), seqno == 0 ? Init : null);
    }
}
