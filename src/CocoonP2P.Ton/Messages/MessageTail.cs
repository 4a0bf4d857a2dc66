using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

// init:(Maybe (Either StateInit ^StateInit)) body:(Either X ^X)

/// <summary>What follows the header of each kind of message: in the same cell where there is room, else by reference.</summary>
internal static class MessageTail
{
    /// <summary>Writes both; <paramref name="bitsKept"/> of the cell must stay free for the state init to go in.</summary>
    public static Cell Store(CellBuilder message, StateInit? init, Cell body, int bitsKept)
    {
        message.StoreBit(init is not null);
        if (init is not null)
        {
            bool byRef = Cell.MaxBits - message.BitLength - 2 < StateInit.Bits + bitsKept;
            message.StoreBit(byRef);
            _ = byRef ? message.StoreRef(init.ToCell()) : init.Store(message);
        }

        bool fits = Cell.MaxBits - message.BitLength - 1 >= body.BitLength
            && message.RefCount + body.Refs.Length <= Cell.MaxRefs
            && !body.IsExotic;
        message.StoreBit(!fits);
        return (fits ? message.StoreSlice(body.BeginParse()) : message.StoreRef(body)).EndCell();
    }

    /// <summary>Reads both up to the end of the cell.</summary>
    public static bool TryLoad(CellSlice message, out StateInit? init, [NotNullWhen(true)] out Cell? body)
    {
        body = null;
        init = null;
        if (!message.TryLoadBit(out bool hasInit) || (hasInit && !TryLoadInit(message, out init)))
        {
            return false;
        }

        if (!message.TryLoadBit(out bool byRef))
        {
            return false;
        }

        if (!byRef)
        {
            body = message.ToCell();
            return true;
        }

        return message.TryLoadRef(out body) && message.IsEmpty;
    }

    private static bool TryLoadInit(CellSlice message, out StateInit? init)
    {
        init = null;
        if (!message.TryLoadBit(out bool byRef))
        {
            return false;
        }

        return byRef
            ? message.TryLoadRef(out Cell? cell) && StateInit.TryParse(cell, out init)
            : StateInit.TryLoad(message, out init);
    }
}
