using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

// ext_in_msg_info$10 src:MsgAddressExt dest:MsgAddressInt import_fee:Coins = CommonMsgInfo;

/// <summary>A message from outside the chain, such as a wallet's order.</summary>
/// <param name="Destination">The receiving account.</param>
/// <param name="Body">What it reads, its signature included.</param>
/// <param name="Init">Deploys it.</param>
public sealed record ExternalInMessage(Address Destination, Cell Body, StateInit? Init = null)
{
    /// <summary>The hash that names the message whoever passed it on, in whatever layout: no state init, the body by
    /// reference, no source, no fee (TEP 467).</summary>
    public Bits256 NormalizedHash => Header().StoreBit(false).StoreBit(true).StoreRef(Body).EndCell().Hash;

    /// <summary>The message as a cell, as @ton/core lays it out.</summary>
    public Cell ToCell() => MessageTail.Store(Header(), Init, Body, bitsKept: Body.BitLength);

    /// <summary>Reads a message of this kind whose source is <c>addr_none</c>.</summary>
    public static bool TryParse(Cell cell, [NotNullWhen(true)] out ExternalInMessage? message)
    {
        ArgumentNullException.ThrowIfNull(cell);
        message = null;
        CellSlice slice = cell.BeginParse();
        bool read = slice.TryLoadUint(4, out ulong kindAndSource)
            & slice.TryLoadAddress(out Address? destination)
            & slice.TryLoadCoins(out _);
        if (!read || kindAndSource != 0b1000 || destination is null || cell.IsExotic
            || !MessageTail.TryLoad(slice, out StateInit? init, out Cell? body))
        {
            return false;
        }

        message = new ExternalInMessage(destination.Value, body, init);
        return true;
    }

    private CellBuilder Header() => new CellBuilder().StoreUint(0b1000UL, 4).StoreAddress(Destination).StoreCoins(Coins.Zero);
}
