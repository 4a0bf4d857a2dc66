namespace CocoonP2P.Ton.LocalChain.Ledger;

// int_msg_info$0 / ext_in_msg_info$10 / ext_out_msg_info$11, init:(Maybe (Either StateInit ^StateInit)) body:(Either X ^X)

/// <summary>Where a message comes from and goes to.</summary>
internal enum MessageKind
{
    Internal,
    ExternalIn,
    ExternalOut,
}

/// <summary>A message as the ledger handles it: any that the TVM made or took, whatever its state init.</summary>
internal sealed record MessageRecord(Cell Cell, MessageKind Kind, Address? Source, Address? Destination)
{
    public Coins Value { get; private init; }

    public Coins ForwardFee { get; private init; }

    public ulong CreatedLt { get; private init; }

    public uint CreatedAt { get; private init; }

    public bool Bounced { get; private init; }

    public Cell Body { get; private init; } = Cell.Empty;

    /// <summary>The operation: first 32 bits of the body, null where it is shorter.</summary>
    public uint? Operation => Body.BeginParse().TryLoadUint(32, out ulong tag) ? (uint)tag : null;

    /// <exception cref="TonFormatException">Not a message.</exception>
    public static MessageRecord Read(Cell cell)
    {
        CellSlice slice = cell.BeginParse();
        MessageRecord header = !slice.LoadBit() ? ReadInternal(cell, slice) : ReadExternal(cell, slice);
        return header with { Body = ReadBody(slice) };
    }

    private static MessageRecord ReadInternal(Cell cell, CellSlice slice)
    {
        slice.Skip(2);
        bool bounced = slice.LoadBit();
        MessageRecord ends = new(cell, MessageKind.Internal, slice.LoadMaybeAddress(), slice.LoadMaybeAddress());
        Coins value = slice.LoadCurrency();
        slice.LoadCoins();
        return ends with
        {
            Bounced = bounced,
            Value = value,
            ForwardFee = slice.LoadCoins(),
            CreatedLt = slice.LoadUint(64),
            CreatedAt = (uint)slice.LoadUint(32),
        };
    }

    // Of an external address nothing but its length matters: addr_none$00, addr_extern$01 len:(## 9).
    private static MessageRecord ReadExternal(Cell cell, CellSlice slice)
    {
        bool isOut = slice.LoadBit();
        Address? source = null, destination = null;
        if (isOut)
        {
            source = slice.LoadMaybeAddress();
        }
        else
        {
            SkipExternal(slice);
            destination = slice.LoadMaybeAddress();
        }

        if (!isOut)
        {
            slice.LoadCoins();
            return new MessageRecord(cell, MessageKind.ExternalIn, source, destination);
        }

        SkipExternal(slice);
        return new MessageRecord(cell, MessageKind.ExternalOut, source, destination)
        {
            CreatedLt = slice.LoadUint(64),
            CreatedAt = (uint)slice.LoadUint(32),
        };
    }

    private static void SkipExternal(CellSlice slice)
    {
        if (slice.LoadUint(2) != 0)
        {
            slice.Skip((int)slice.LoadUint(9));
        }
    }

    private static Cell ReadBody(CellSlice slice)
    {
        if (slice.LoadBit())
        {
            SkipInit(slice);
        }

        return slice.LoadBit() ? slice.LoadRef() : slice.ToCell();
    }

    private static void SkipInit(CellSlice slice)
    {
        if (slice.LoadBit())
        {
            slice.LoadRef();
            return;
        }

        slice.Skip(slice.LoadBit() ? 5 : 0);
        slice.Skip(slice.LoadBit() ? 2 : 0);
        slice.LoadMaybeRef();
        slice.LoadMaybeRef();
        slice.LoadMaybeRef();
    }
}
