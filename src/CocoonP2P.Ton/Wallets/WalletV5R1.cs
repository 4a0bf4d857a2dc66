namespace CocoonP2P.Ton;

// signed#7369676e wallet_id:uint32 valid_until:uint32 seqno:uint32 actions:(Maybe ^OutList) more:Bool signature:bits512
// out_list$_ prev:^OutList action:OutAction; action_send_msg#0ec3c86d mode:uint8 msg:^Message = OutAction;

/// <summary>The standard wallet, version 5 revision 1: a key, a number that rises with each order, up to 255 messages an
/// order. It holds no state: the number comes from the chain.</summary>
public sealed class WalletV5R1
{
    /// <summary>The most messages in one order.</summary>
    public const int MaxMessages = 255;

    private const uint SignedExternal = 0x7369676E;
    private const uint SendMessageAction = 0x0EC3C86D;

    /// <summary>The pinned code; an account with any other is not such a wallet.</summary>
    public static readonly Cell Code = BagOfCells.DecodeBase64(WalletCode.V5R1);

    /// <summary>The wallet of a key on a network.</summary>
    /// <param name="publicKey">The owner's key.</param>
    /// <param name="networkId">The chain's global id: −239 main, −3 test, −777 local. Another id is another address.</param>
    /// <param name="subwallet">Tells apart the wallets of one key, 0 to 32,767.</param>
    public WalletV5R1(Bits256 publicKey, int networkId, int subwallet = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(subwallet);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subwallet, short.MaxValue);
        PublicKey = publicKey;
        WalletId = networkId ^ (int.MinValue | subwallet);
        Init = new StateInit(Code, InitialData());
        Address = Init.AddressIn(0);
    }

    /// <summary>The owner's key.</summary>
    public Bits256 PublicKey { get; }

    /// <summary>Network and subwallet in one number, signed with each order.</summary>
    public int WalletId { get; }

    /// <summary>Deploys the wallet with its first order.</summary>
    public StateInit Init { get; }

    /// <summary>Where it lives, workchain 0.</summary>
    public Address Address { get; }

    /// <summary>Signs an order.</summary>
    /// <param name="key">The owner's key.</param>
    /// <param name="seqno">What the contract answers now; 0 before it is deployed, and then the state init goes along.</param>
    /// <param name="validUntil">Unix seconds of the chain's clock, after which it is refused.</param>
    /// <param name="messages">One to 255, each with its mode; <see cref="SendMode.IgnoreErrors"/> is always added, since the
    /// contract refuses orders whose failure could be replayed.</param>
    public ExternalInMessage CreateTransfer(
        KeyPair key, uint seqno, uint validUntil, IReadOnlyList<(InternalMessage Message, SendMode Mode)> messages)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(messages);
        if (key.PublicKey != PublicKey || messages.Count is 0 or > MaxMessages)
        {
            throw new ArgumentException("The order needs the owner's key and 1 to 255 messages.", nameof(messages));
        }

        CellBuilder order = new CellBuilder()
            .StoreUint(SignedExternal, 32)
            .StoreInt(WalletId, 32)
            .StoreUint(validUntil, 32)
            .StoreUint(seqno, 32)
            .StoreMaybeRef(OutList(messages))
            .StoreBit(false);
        byte[] signature = key.Sign(order.EndCell());
        return new ExternalInMessage(Address, order.StoreBytes(signature).EndCell(), seqno == 0 ? Init : null);
    }

    private static Cell OutList(IReadOnlyList<(InternalMessage Message, SendMode Mode)> messages)
    {
        Cell list = Cell.Empty;
        foreach ((InternalMessage message, SendMode mode) in messages)
        {
            list = new CellBuilder()
                .StoreRef(list)
                .StoreUint(SendMessageAction, 32)
                .StoreUint((ulong)(mode | SendMode.IgnoreErrors), 8)
                .StoreRef(message.ToCell())
                .EndCell();
        }

        return list;
    }

    private Cell InitialData() => new CellBuilder()
        .StoreBit(true)
        .StoreUint(0UL, 32)
        .StoreInt(WalletId, 32)
        .StoreBits256(PublicKey)
        .StoreBit(false)
        .EndCell();
}
