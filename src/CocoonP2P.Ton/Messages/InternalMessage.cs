using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

// int_msg_info$0 ihr_disabled:Bool bounce:Bool bounced:Bool src:MsgAddressInt dest:MsgAddressInt value:CurrencyCollection
//                ihr_fee:Coins fwd_fee:Coins created_lt:uint64 created_at:uint32 = CommonMsgInfo;

/// <summary>A message from one contract to another. What a sender leaves out, the chain fills in.</summary>
public sealed record InternalMessage
{
    /// <summary>The receiving account.</summary>
    public required Address Destination { get; init; }

    /// <summary>The coins that travel.</summary>
    public required Coins Value { get; init; }

    /// <summary>What the receiver reads.</summary>
    public Cell Body { get; init; } = Cell.Empty;

    /// <summary>Whether the value comes back when the receiver fails.</summary>
    /// <value>True: money that a contract refuses is not lost.</value>
    public bool Bounce { get; init; } = true;

    /// <summary>Deploys the receiver.</summary>
    public StateInit? Init { get; init; }

    /// <summary>The sending account; null in a message not yet sent.</summary>
    public Address? Source { get; init; }

    /// <summary>Whether this is value that came back.</summary>
    public bool Bounced { get; init; }

    /// <summary>What the validators of the way took.</summary>
    public Coins ForwardFee { get; init; }

    /// <summary>The logical time of sending.</summary>
    public ulong CreatedLt { get; init; }

    /// <summary>Unix seconds of sending.</summary>
    public uint CreatedAt { get; init; }

    /// <summary>The message as a cell, as @ton/core lays it out.</summary>
    public Cell ToCell() => MessageTail.Store(
        new CellBuilder()
            .StoreUint(0b01UL, 2)
            .StoreBit(Bounce)
            .StoreBit(Bounced)
            .StoreAddress(Source)
            .StoreAddress(Destination)
            .StoreCoins(Value)
            .StoreBit(false)
            .StoreCoins(Coins.Zero)
            .StoreCoins(ForwardFee)
            .StoreUint(CreatedLt, 64)
            .StoreUint(CreatedAt, 32),
        Init,
        Body,
        bitsKept: 0);

    /// <summary>Reads a message of this kind. Extra currencies are passed over.</summary>
    public static bool TryParse(Cell cell, [NotNullWhen(true)] out InternalMessage? message)
    {
        ArgumentNullException.ThrowIfNull(cell);
        message = null;
        CellSlice slice = cell.BeginParse();
        bool read = slice.TryLoadUint(2, out ulong kind)
            & slice.TryLoadBit(out bool bounce)
            & slice.TryLoadBit(out bool bounced)
            & slice.TryLoadAddress(out Address? source)
            & slice.TryLoadAddress(out Address? destination)
            & slice.TryLoadCoins(out Coins value)
            & slice.TryLoadMaybeRef(out _)
            & slice.TryLoadCoins(out _)
            & slice.TryLoadCoins(out Coins forwardFee)
            & slice.TryLoadUint(64, out ulong createdLt)
            & slice.TryLoadUint(32, out ulong createdAt);
        if (!read || kind > 1 || destination is null || cell.IsExotic
            || !MessageTail.TryLoad(slice, out StateInit? init, out Cell? body))
        {
            return false;
        }

        message = new InternalMessage
        {
            Destination = destination.Value,
            Value = value,
            Body = body,
            Bounce = bounce,
            Init = init,
            Source = source,
            Bounced = bounced,
            ForwardFee = forwardFee,
            CreatedLt = createdLt,
            CreatedAt = (uint)createdAt,
        };
        return true;
    }
}
